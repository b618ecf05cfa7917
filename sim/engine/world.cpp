#include "engine/world.hpp"

#include <algorithm>

#include <terrace/indicators.hpp>
#include <terrace/targeting.hpp>

#include "engine/nowhere.hpp"

namespace terrace::engine {

namespace {

/// To be raised when a column changes its meaning but not its type.
constexpr int kStateNumber = 1;

/// Column by column: the struct has bytes that belong to none.
void put_standings(StateWriter& out, const std::vector<nation::Standing>& counties) {
  std::vector<std::int32_t> delisted;
  std::vector<double> first_register;
  for (const nation::Standing& c : counties) {
    delisted.push_back(c.delisted);
    first_register.push_back(c.first_register);
  }
  out.put(delisted);
  out.put(first_register);
}

void get_standings(StateReader& in, std::vector<nation::Standing>& counties) {
  std::vector<std::int32_t> delisted;
  std::vector<double> first_register;
  in.get(delisted);
  in.get(first_register);
  counties.resize(std::min(delisted.size(), first_register.size()));
  for (std::size_t i = 0; i < counties.size(); ++i) counties[i] = {delisted[i], first_register[i]};
}

void write_head(StateWriter& out, const ReplicateState& state, const World& world,
                const DigestRecorder& digests) {
  const Standing& at = state.standing;
  out.put(at.replicate);
  out.put(static_cast<std::int32_t>(at.year));
  out.put(at.at);
  out.put(state.remains);
  out.put(std::vector<char>(state.fit_report.begin(), state.fit_report.end()));
  digests.put(out, at.replicate, at.year);
  if (at.at == Standing::At::finished) return;
  out.put(world.last);
  out.put(world.before);
  out.put(world.crops);
  put_standings(out, world.records.counties);
  out.put(world.records.posts);
  out.put(world.done);
  out.put(static_cast<std::uint8_t>(world.reports.empty() ? 0 : 1));
}

bool stands_in_run(const Standing& at, const RunInfo& info) {
  const int end = year_of(info.end);
  if (at.replicate < info.first_replicate) return false;
  if (at.replicate - info.first_replicate >= info.replicates || at.year < year_of(info.start)) {
    return false;
  }
  return at.at == Standing::At::finished ? at.year == end + 1 : at.year <= end;
}

bool read_head(StateReader& in, const RunInfo& info, std::size_t modules, ReplicateState& state,
               World& world, DigestRecorder& digests) {
  Standing& at = state.standing;
  std::int32_t year = 0;
  const std::uint32_t asked = at.replicate;
  in.get(at.replicate);
  in.get(year);
  in.get(at.at);
  at.year = year;
  in.get(state.remains);
  std::vector<char> text;
  in.get(text);
  state.fit_report.assign(text.begin(), text.end());
  if (!in.good() || at.replicate != asked || at.at > Standing::At::finished ||
      !stands_in_run(at, info) || !digests.get(in, at.replicate, at.year)) {
    return false;
  }
  if (at.at == Standing::At::finished) return in.at_end();
  const std::size_t n = world.counties.size();
  std::uint8_t reports = 0;
  in.get(world.last);
  in.get(world.before);
  in.get(world.crops);
  get_standings(in, world.records.counties);
  in.get(world.records.posts);
  in.get(world.done);
  in.get(reports);
  if (reports != 0) world.reports.assign(n, CountyReport{});
  const nation::Records& records = world.records;
  return in.at_end() && world.done.size() == n &&
         records.counties.size() == (reports != 0 ? n : 0) &&
         records.posts.size() == records.counties.size() * modules;
}

}  // namespace

Bytes put_head(const ReplicateState& state, const World& world, const DigestRecorder& digests) {
  Bytes part;
  StateWriter out(part);
  write_head(out, state, world, digests);
  return part;
}

bool get_head(std::span<const std::byte> part, const RunInfo& info, std::size_t modules,
              ReplicateState& state, World& world, DigestRecorder& digests) {
  StateReader in(part);
  if (!read_head(in, info, modules, state, world, digests)) return false;
  if (state.standing.at != Standing::At::finished)
    world.current.assign(world.counties.size(), CountyReport{});
  return true;
}

Bytes put_part(World& world, std::size_t county) {
  Bytes part;
  StateWriter out(part);
  put_county(out, world.counties[county]);
  if (!world.reports.empty()) put_report(out, world.reports[county]);
  if (world.done[county] != 0) put_report(out, world.current[county]);
  return part;
}

bool get_part(std::span<const std::byte> part, World& world, std::size_t county,
              std::size_t modules) {
  StateReader in(part);
  return get_county(in, world.counties[county], modules) &&
         (world.reports.empty() || get_report(in, world.reports[county])) &&
         (world.done[county] == 0 || get_report(in, world.current[county])) && in.at_end();
}

std::string state_layout() {
  Digest layout;
  layout.add(kStateNumber);
  Bytes bytes;
  StateWriter out(bytes, &layout);
  Nowhere nowhere;
  write_head(out, {}, {}, DigestRecorder(nowhere));
  County county;
  county.enrolments.resize(1);
  put_county(out, county);
  put_report(out, {});
  layout.add(std::uint64_t{kYearSums});
  layout.add(std::uint64_t{kSums});
  return layout.hex();
}

}  // namespace terrace::engine

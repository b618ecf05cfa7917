#include "engine/world.hpp"

namespace terrace::engine {

void Journal::record(std::uint32_t replicate, Month first, std::size_t months, std::size_t group,
                     std::span<const double> values) {
  calls_.push_back({replicate,
                    first,
                    static_cast<std::uint32_t>(months),
                    static_cast<std::uint32_t>(group),
                    {values.begin(), values.end()}});
  next_.record(replicate, first, months, group, values);
}

void Journal::put(StateWriter& out) const {
  out.put(static_cast<std::uint64_t>(calls_.size()));
  for (const Call& c : calls_) {
    out.put(c.replicate);
    out.put(c.first);
    out.put(c.months);
    out.put(c.group);
    out.put(c.values);
  }
}

bool Journal::replay(StateReader& in, const RunInfo& info) {
  std::uint64_t count = 0;
  in.get(count);
  for (std::uint64_t i = 0; i < count && in.good(); ++i) {
    Call c;
    in.get(c.replicate);
    in.get(c.first);
    in.get(c.months);
    in.get(c.group);
    in.get(c.values);
    if (!in.good() || c.group >= info.groups.size() || c.replicate >= info.replicates) return false;
    if (c.first < info.start || c.first + static_cast<Month>(c.months) - 1 > info.end ||
        c.values.size() != info.rows(c.group, c.months) * info.row_size(c.group)) {
      return false;
    }
    record(c.replicate, c.first, c.months, c.group, c.values);
  }
  return in.good();
}

Bytes save_run(const Position& position, World& world, const Journal& journal,
               const std::string& fit_report) {
  Bytes bytes;
  std::size_t expected = 0;
  for (County& c : world.counties) expected += bytes_of(c) + 2 * sizeof(CountyReport) + 65536;
  bytes.reserve(expected);
  StateWriter out(bytes);
  journal.put(out);
  out.put(std::vector<char>(fit_report.begin(), fit_report.end()));
  out.put(position.replicate);
  out.put(position.year);
  out.put(world.last);
  out.put(world.before);
  out.put(world.crops);
  out.put(world.records.counties);
  out.put(world.records.posts);
  out.put(world.done);
  out.put(static_cast<std::uint8_t>(world.reports.empty() ? 0 : 1));
  for (std::size_t i = 0; i < world.counties.size(); ++i) {
    put_county(out, world.counties[i]);
    if (!world.reports.empty()) put_report(out, world.reports[i]);
    if (world.done[i] != 0) put_report(out, world.current[i]);
  }
  return bytes;
}

bool load_run(StateReader& in, const RunInfo& info, std::size_t modules, Position& position,
              World& world, Journal& journal, std::string& fit_report) {
  if (!journal.replay(in, info)) return false;
  std::vector<char> text;
  in.get(text);
  fit_report.assign(text.begin(), text.end());
  std::uint8_t reports = 0;
  in.get(position.replicate);
  in.get(position.year);
  in.get(world.last);
  in.get(world.before);
  in.get(world.crops);
  in.get(world.records.counties);
  in.get(world.records.posts);
  in.get(world.done);
  in.get(reports);
  const std::size_t n = world.counties.size();
  if (!in.good() || world.done.size() != n || position.replicate >= info.replicates ||
      position.year < year_of(info.start) || position.year > year_of(info.end)) {
    return false;
  }
  const nation::Records& records = world.records;
  if (records.counties.size() != (reports != 0 ? n : 0) ||
      records.posts.size() != records.counties.size() * modules)
    return false;
  world.current.assign(n, CountyReport{});
  if (reports != 0) world.reports.assign(n, CountyReport{});
  for (std::size_t i = 0; i < n; ++i) {
    if (!get_county(in, world.counties[i], modules)) return false;
    if (reports != 0 && !get_report(in, world.reports[i])) return false;
    if (world.done[i] != 0 && !get_report(in, world.current[i])) return false;
  }
  return in.at_end();
}

}  // namespace terrace::engine

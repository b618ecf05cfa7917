#include "engine/record_digest.hpp"

#include <string_view>

#include <terrace/digest.hpp>

namespace terrace::engine {

namespace {

constexpr std::size_t kHex = 32;

std::string header_of(const RunInfo& info, std::size_t g) {
  const GroupInfo& group = info.groups[g];
  Digest d;
  d.add(std::string_view(group.name));
  for (const IndicatorInfo& i : info.indicators_of(g)) d.add(std::string_view(i.name));
  for (const std::string& m : group.modules) d.add(std::string_view(m));
  for (const RegionInfo& r : group.regions) d.add(std::uint64_t{r.id});
  return d.hex();
}

/// `replicate` is the number that draws go by: a replicate alone has the digest of its calls that
/// it has among others, so a state can be gone on from in a run of other replicates.
Digest call_digest(std::uint32_t replicate, Month first) {
  Digest d;
  d.add(std::uint64_t{replicate});
  d.add(static_cast<std::int64_t>(first));
  return d;
}

}  // namespace

void DigestRecorder::begin(const RunInfo& info) {
  info_ = info;
  names_.clear();
  header_.clear();
  for (std::size_t g = 0; g < info.groups.size(); ++g) {
    names_.push_back(info.groups[g].name);
    header_.push_back(header_of(info, g));
  }
  if (!info.panel.empty()) {
    Digest columns;
    for (const PanelColumn& c : info.panel) columns.add(std::string_view(c.name));
    names_.insert(names_.end(), {"panel", "events"});
    header_.insert(header_.end(), {columns.hex(), Digest().hex()});
  }
  calls_.assign(info.replicates * years() * names_.size(), {});
  next_.begin(info);
}

std::size_t DigestRecorder::years() const {
  return static_cast<std::size_t>(year_of(info_.end) - year_of(info_.start)) + 1;
}

const std::string& DigestRecorder::slot(std::uint32_t replicate, int year,
                                        std::size_t group) const {
  const auto row = static_cast<std::size_t>(year - year_of(info_.start));
  return calls_.at((replicate * years() + row) * names_.size() + group);
}

std::string& DigestRecorder::slot(std::uint32_t replicate, int year, std::size_t group) {
  return const_cast<std::string&>(std::as_const(*this).slot(replicate, year, group));
}

void DigestRecorder::record(std::uint32_t replicate, Month first, std::size_t months,
                            std::size_t group, std::span<const double> values) {
  Digest d = call_digest(info_.first_replicate + replicate, first);
  d.add(static_cast<std::uint64_t>(months));
  d.add(values);
  slot(replicate, year_of(first), group) = d.hex();
  next_.record(replicate, first, months, group, values);
}

void DigestRecorder::record_panel(std::uint32_t replicate, Month first,
                                  std::span<const PanelHousehold> households,
                                  std::span<const float> values) {
  Digest d = call_digest(info_.first_replicate + replicate, first);
  for (const PanelHousehold& h : households) {
    d.add(h.id);
    d.add(h.weight);
  }
  d.add(values);
  slot(replicate, year_of(first), info_.groups.size()) = d.hex();
  next_.record_panel(replicate, first, households, values);
}

void DigestRecorder::record_events(std::uint32_t replicate, Month first,
                                   std::span<const Event> events) {
  Digest d = call_digest(info_.first_replicate + replicate, first);
  for (const Event& e : events) {
    d.add(e.household);
    d.add(static_cast<std::int64_t>(e.month));
    d.add(static_cast<std::uint64_t>(e.kind));
    // By name: a catalogue with another module that nobody uses gives the same diary.
    d.add(std::string_view(e.module < info_.modules.size() ? info_.modules[e.module] : ""));
    d.add(static_cast<std::uint64_t>(e.reason));
    d.add(std::uint64_t{e.person});
    d.add(e.amount);
  }
  slot(replicate, year_of(first), info_.groups.size() + 1) = d.hex();
  next_.record_events(replicate, first, events);
}

std::vector<std::pair<std::string, std::string>> DigestRecorder::group_digests() const {
  std::vector<std::pair<std::string, std::string>> out;
  const int first = year_of(info_.start);
  const int last = year_of(info_.end);
  for (std::size_t g = 0; g < names_.size(); ++g) {
    Digest d;
    d.add(std::string_view(header_[g]));
    for (std::uint32_t r = 0; r < info_.replicates; ++r) {
      for (int year = first; year <= last; ++year) d.add(std::string_view(slot(r, year, g)));
    }
    out.emplace_back(names_[g], d.hex());
  }
  return out;
}

std::string DigestRecorder::digest() const {
  Digest all;
  for (const auto& [name, hex] : group_digests()) {
    all.add(std::string_view(name));
    all.add(std::string_view(hex));
  }
  return all.hex();
}

void DigestRecorder::put(StateWriter& out, std::uint32_t replicate, int year) const {
  std::vector<char> text;
  for (int y = year_of(info_.start); y < year; ++y) {
    for (std::size_t g = 0; g < names_.size(); ++g) {
      const std::string& hex = slot(replicate - info_.first_replicate, y, g);
      text.insert(text.end(), hex.begin(), hex.end());
    }
  }
  out.put(text);
}

bool DigestRecorder::get(StateReader& in, std::uint32_t replicate, int year) {
  std::vector<char> text;
  in.get(text);
  const int first = year_of(info_.start);
  if (!in.good() || year < first || year > year_of(info_.end) + 1 ||
      text.size() != static_cast<std::size_t>(year - first) * names_.size() * kHex) {
    return false;
  }
  auto at = text.begin();
  for (int y = first; y < year; ++y) {
    for (std::size_t g = 0; g < names_.size(); ++g, at += kHex) {
      slot(replicate - info_.first_replicate, y, g).assign(at, at + kHex);
    }
  }
  return true;
}

}  // namespace terrace::engine

#include "engine/ranks_state.hpp"

namespace terrace::engine {

std::vector<std::uint32_t> learn_counties(Team& team, World& world) {
  std::vector<std::uint32_t> households(team.counties());
  world.villages.assign(team.counties(), 0);
  for (const std::size_t i : team.own()) {
    households[i] = static_cast<std::uint32_t>(world.counties[i].households.size());
    world.villages[i] = static_cast<std::uint32_t>(world.counties[i].villages.size());
  }
  team.share(
      [&](StateWriter& out, std::size_t i) {
        out.put(households[i]);
        out.put(world.villages[i]);
        out.put(world.counties[i].panel_weight);
      },
      [&](StateReader& in, std::size_t i) {
        in.get(households[i]);
        in.get(world.villages[i]);
        in.get(world.counties[i].panel_weight);
      });
  return households;
}

void share_reports(Team& team, std::vector<CountyReport>& reports) {
  team.share([&](StateWriter& out, std::size_t i) { put_report(out, reports[i]); },
             [&](StateReader& in, std::size_t i) { get_report(in, reports[i]); });
}

void StateWay::save(const RunControl& control) {
  if (!team_.told(static_cast<bool>(control.save))) return;
  if (state_.standing.at == Standing::At::within) {
    team_.share([&](StateWriter& out, std::size_t i) { out.put(world_.done[i]); },
                [&](StateReader& in, std::size_t i) { in.get(world_.done[i]); });
  }
  if (!team_.leads()) {
    while (team_.told(false)) give_own();
    return;
  }
  control.save(state_.standing, [this](const PutPart& put) { hand_over(put); });
  take_rest();
  Bytes().swap(part_);
  team_.told(false);
}

void StateWay::hand_over(const PutPart& put) {
  take_rest();
  team_.told(true);
  taken_ = has_counties() ? 0 : team_.counties();
  part_ = put_head(state_, world_, digests_);
  put(part_);
  while (taken_ < team_.counties()) {
    take_next();
    put(part_);
  }
}

void StateWay::give_own() {
  if (!has_counties()) return;
  for (const std::size_t i : team_.own()) {
    team_.collect(i, [&] { return put_part(world_, i); });
  }
}

void StateWay::take_next() {
  const std::size_t i = taken_++;
  part_ = team_.collect(i, [&] { return put_part(world_, i); });
}

/// Whoever was given the parts may have thrown at one of them: their owners go on all the same.
void StateWay::take_rest() {
  while (taken_ < team_.counties()) take_next();
}

bool StateWay::restore(const NextPart& next, const RunInfo& info, std::size_t modules) {
  Bytes part;
  if (team_.leads() && !next(part)) part.clear();
  part = team_.told(part);
  if (!get_head(part, info, modules, state_, world_, digests_)) return false;
  if (!has_counties()) return true;
  bool given = true;
  bool good = true;
  for (std::size_t i = 0; i < team_.counties(); ++i) {
    if (!team_.concerned(i)) continue;
    if (team_.leads()) given = given && next(part);
    if (!team_.leads() || !given) part.clear();  // an owner refuses a part that is not there
    part = team_.deliver(i, std::move(part));
    if (team_.owns(i)) good = get_part(part, world_, i, modules) && good;
  }
  if (team_.any(!good)) return false;
  if (!world_.reports.empty()) share_reports(team_, world_.reports);
  learn_counties(team_, world_);
  return true;
}

}  // namespace terrace::engine

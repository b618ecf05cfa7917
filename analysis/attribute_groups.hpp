// Lines added up by region and by cause, replicate by replicate.
#pragma once

#include <array>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "analysis/attribute.hpp"

namespace terrace::attribution {

/// The name of a cause on record; `not_registered` for kNoCause.
std::string cause_name(std::uint8_t cause);

/// Adds up a county's lines by the cause on record.
std::map<std::uint8_t, Effect> by_cause(const CountyLines& county);

/// Gathers replicates; afterwards gives the figures of every group.
class Groups {
 public:
  void add(const ReplicateRuns& runs);
  /// By level; regions as the counties come, causes by their codes.
  std::vector<Sharing> sharings() const;

 private:
  struct Key {
    Level level = Level::nation;
    std::size_t order = 0;  ///< within the level
    std::string name;
    bool operator<(const Key& other) const {
      return std::tie(level, order, name) < std::tie(other.level, other.order, other.name);
    }
  };
  /// Of one group and outcome, each with a value a replicate.
  struct Figures {
    std::array<std::vector<double>, kPlayers> shares;
    std::vector<double> with_all;
    std::vector<double> with_none;
  };
  void add_effect(const Key& key, const Effect& effect, double scale);
  static Sharing sharing_of(const Key& key, std::size_t outcome, const Figures& figures);

  std::size_t replicates_ = 0;
  std::map<Key, std::array<Figures, kOutcomes>> groups_;
};

}  // namespace terrace::attribution

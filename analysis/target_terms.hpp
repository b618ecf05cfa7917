// The numbers of a run that published figures are compared with.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <terrace/run_reader.hpp>
#include <terrace/targets.hpp>

namespace terrace::analysis {

class TermReader {
 public:
  /// `nation`: names of the provinces that a run of the whole nation has.
  TermReader(const RunReader& run, const std::vector<std::string>& nation);

  std::size_t replicates() const { return replicates_; }
  bool whole_nation() const { return whole_nation_; }

  /// One value a replicate. Where the run cannot answer, none, and `why` says what is missing.
  std::vector<double> answer(const TargetAnswer& answer, std::string& why);

 private:
  /// One indicator of a group, read once.
  struct Column {
    StoredIndicator data;
    std::string missing;  ///< why there is none
  };
  using Values = std::vector<double>;

  const Column& column(const std::string& group, const std::string& indicator);
  const StoredGroup& group(const std::string& name);
  std::string stored_group(const TargetTerm& term) const;
  std::string unanswerable(const TargetTerm& term);
  std::vector<std::size_t> regions(const TargetTerm& term, const StoredGroup& group) const;
  Values sum(const std::vector<TargetTerm>& terms, std::string& why);
  Values term(const TargetTerm& term, std::string& why);
  double of_year(const TargetTerm& term, std::size_t replicate, int year);
  double of_region(const TargetTerm& term, const Column& column, std::size_t replicate, int year,
                   std::size_t region);
  std::size_t module_of(const TargetTerm& term, const StoredGroup& group) const;

  const RunReader& run_;
  std::vector<std::string> groups_;
  std::map<std::string, StoredGroup> group_cache_;
  std::map<std::pair<std::string, std::string>, Column> column_cache_;
  std::vector<std::string> provinces_;
  std::size_t replicates_ = 0;
  int first_year_ = 0;  ///< the last of burn-in, which stands for the year before the programme
  int last_year_ = 0;
  bool whole_nation_ = false;
};

}  // namespace terrace::analysis

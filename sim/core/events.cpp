#include <terrace/events.hpp>

namespace terrace {

std::array<std::string_view, kEventKinds> event_kind_names() {
  return {"illness",    "recovery",    "disabled",       "disaster",  "crop_price",
          "job_found",  "job_lost",    "left_to_work",   "returned",  "dropped_out",
          "went_on",    "loan_taken",  "loan_defaulted", "birth",     "death",
          "married_in", "married_out", "moved_out",      "divided",   "dissolved",
          "registered", "passed_over", "struck_off",     "diagnosed", "planned",
          "kept",       "exited",      "relapsed",       "watched",   "unwatched",
          "surveyed",   "offered",     "refused",        "taken",     "unserved",
          "failed",     "ended",       "paid",           "housed",    "connected"};
}

std::array<std::string_view, kReasons> reason_names() {
  return {"none",
          "own_choice",
          "no_place",
          "no_money",
          "no_capacity",
          "above_line",
          "list_full",
          "data_matched",
          "income_too_low",
          "food_or_clothes",
          "schooling",
          "insurance",
          "housing",
          "water",
          "public_notice",
          "not_in_plan",
          "ran_out",
          "done",
          "lost_eligibility",
          "no_member",
          "went_back",
          "care_forgone",
          "stay_only"};
}

}  // namespace terrace

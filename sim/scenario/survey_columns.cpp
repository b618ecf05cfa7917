#include "scenario/survey_columns.hpp"

#include <terrace/tables.hpp>

namespace terrace::scenario {
namespace {

using H = HouseholdField;
using P = PersonField;

constexpr std::string_view kDrawn = "drawn as in synthesis";
constexpr std::string_view kNever = "a mistake";

int field(H f) { return static_cast<int>(f); }
int field(P f) { return static_cast<int>(f); }

// What the columns of the model can hold: land has 16 bits of hundredths of a mu, durables 16 bits
// of tens of yuan, skill 8 bits of hundredths.
constexpr Range kMu{0.0, 655.0};
constexpr Range kDurables{0.0, 655'350.0};
constexpr Range kSkill{-1.27, 1.27};
constexpr Range kStock{0.0, 1e8};
constexpr Range kIncome{0.0, 1e7};
constexpr Range kYes{0.0, 1.0};

SurveyColumn text(std::string_view name, std::string_view meaning, std::string_view missing,
                  bool required = false) {
  return {name, CellKind::text, {}, "", meaning, missing, required};
}

SurveyColumn amount(std::string_view name, Range range, std::string_view unit,
                    std::string_view meaning, std::string_view missing, int at) {
  return {name, CellKind::number, range, unit, meaning, missing, false, at};
}

SurveyColumn truth(std::string_view name, std::string_view meaning, int at) {
  return {name, CellKind::truth, kYes, "0 or 1", meaning, kDrawn, false, at};
}

SurveyColumn income(std::string_view name, std::string_view meaning, H at) {
  return amount(name, kIncome, "yuan of 2012 a year", meaning,
                "all five or none; taken from a similar household if others have them", field(at));
}

template <class E>
int kept(E value) {
  return static_cast<int>(value);
}

std::vector<SurveyColumn> make_household_columns() {
  constexpr std::string_view kYuan = "yuan of 2012";
  return {
      text("household_id", "names the household; its persons carry the same", kNever, true),
      {"weight", CellKind::number, {0.0, 1e12, true}, "", "households it stands for", kNever, true},
      text("province", "as the layout calls it", "it may stand for any province"),
      {"designated", CellKind::truth, kYes, "0 or 1", "lives in a designated county",
       "it may stand for either kind of county"},
      {"size",
       CellKind::whole,
       {1.0, 32.0},
       "persons",
       "checked against the persons given",
       "not checked"},
      {"interview",
       CellKind::month,
       {},
       "YYYY-MM",
       "month of the interview",
       "ages must be given in years"},
      amount("land_mu", kMu, "mu", "contracted land", kDrawn, field(H::land_mu)),
      amount("productive_assets", kStock, kYuan, "productive assets", kDrawn,
             field(H::productive_assets)),
      amount("liquid_wealth", {-1e7, 1e8}, kYuan, "liquid wealth less debt", kDrawn,
             field(H::liquid_wealth)),
      amount("durables", kDurables, kYuan, "durable goods", kDrawn, field(H::durables)),
      {"house",
       CellKind::word,
       {},
       "",
       "safety grade of the dwelling",
       kDrawn,
       false,
       field(H::house),
       {{"A", kept(House::a)},
        {"B", kept(House::b)},
        {"C", kept(House::c)},
        {"D", kept(House::d)}}},
      truth("safe_water", "safe water within 20 minutes", field(H::safe_water)),
      truth("insured", "in the medical scheme", field(H::insured)),
      truth("power", "electricity that can be relied on", field(H::power)),
      truth("network", "reached by a data network", field(H::network)),
      truth("toilet", "a sanitary toilet", field(H::toilet)),
      truth("minority", "of a national minority", field(H::minority)),
      truth("cadre_kin", "related to a village cadre", field(H::cadre_kin)),
      income("income_farm", "net income of farm and own business; a loss is written as 0",
             H::income_farm),
      income("income_local_wage", "wages of members at home", H::income_local_wage),
      income("income_migrant_wage", "what members away brought or sent", H::income_migrant_wage),
      income("income_transfer", "public and private transfers", H::income_transfer),
      income("income_property", "interest, dividends and rents", H::income_property),
      amount("consumption", {0.0, 1e6}, "yuan of 2012 a head and year", "consumption",
             "as large as income, where that is known", field(H::consumption)),
  };
}

std::vector<SurveyColumn> make_person_columns() {
  using S = School;
  using A = Activity;
  return {
      text("household_id", "names the person's household", kNever, true),
      {"age",
       CellKind::whole,
       {0.0, 120.0},
       "years",
       "age at the last birthday",
       "birth_month must be given instead",
       false,
       field(P::age)},
      {"birth_month",
       CellKind::month,
       {},
       "YYYY-MM",
       "month of birth; with it households need `interview`",
       "age must be given instead"},
      {"sex",
       CellKind::word,
       {},
       "",
       "sex",
       kNever,
       true,
       field(P::woman),
       {{"man", 0}, {"woman", 1}}},
      {"relation",
       CellKind::word,
       {},
       "",
       "relation to the head of the household",
       kNever,
       true,
       field(P::relation),
       {{"head", kept(Relation::head)},
        {"spouse", kept(Relation::spouse)},
        {"child", kept(Relation::child)},
        {"child_in_law", kept(Relation::child_in_law)},
        {"parent", kept(Relation::parent)},
        {"other", kept(Relation::other)}}},
      {"schooling",
       CellKind::whole,
       {0.0, 25.0},
       "years",
       "grades completed",
       kNever,
       true,
       field(P::schooling)},
      {"school",
       CellKind::word,
       {},
       "",
       "standing in school",
       "drawn as in synthesis, if activity does not tell; made to fit schooling",
       false,
       field(P::school),
       {{"none", kept(S::none)},
        {"preschool", kept(S::preschool)},
        {"pupil", kept(S::pupil)},
        {"senior", kept(S::senior)},
        {"vocational", kept(S::vocational)},
        {"tertiary", kept(S::tertiary)},
        {"dropped", kept(S::dropped)},
        {"done", kept(S::done)}}},
      {"activity",
       CellKind::word,
       {},
       "",
       "what the person mainly does",
       "as in synthesis: by age, school and disability",
       false,
       field(P::activity),
       {{"child", kept(A::child)},
        {"pupil", kept(A::pupil)},
        {"farm", kept(A::farm)},
        {"searching", kept(A::searching)},
        {"local_wage", kept(A::local_wage)},
        {"migrant", kept(A::migrant)},
        {"ill", kept(A::ill)},
        {"retired", kept(A::retired)}}},
      {"disability",
       CellKind::word,
       {},
       "",
       "disability; severe is unable to work",
       kDrawn,
       false,
       field(P::disability),
       {{"none", 0}, {"partial", 1}, {"severe", 2}}},
      truth("chronic", "chronically ill", field(P::chronic)),
      truth("mandarin", "speaks Mandarin", field(P::mandarin)),
      {"married", CellKind::truth, kYes, "0 or 1", "is or was married", "as in synthesis", false,
       field(P::married)},
      {"health", CellKind::number, {0.0, 1.0}, "0 to 1", "health", kDrawn, false, field(P::health)},
      {"skill", CellKind::number, kSkill, "log points",
       "wage relative to others of the same age, sex and schooling", kDrawn, false,
       field(P::skill)},
  };
}

}  // namespace

const std::vector<SurveyColumn>& household_columns() {
  static const std::vector<SurveyColumn> kColumns = make_household_columns();
  return kColumns;
}

const std::vector<SurveyColumn>& person_columns() {
  static const std::vector<SurveyColumn> kColumns = make_person_columns();
  return kColumns;
}

std::string accepted(const SurveyColumn& column) {
  std::string out;
  switch (column.kind) {
    case CellKind::text:
      return "a text";
    case CellKind::truth:
      return "0 or 1";
    case CellKind::month:
      return "YYYY-MM, from 1880-01 to 2100-12";
    case CellKind::number:
      return to_string(column.range);
    case CellKind::whole:
      return "whole numbers " + to_string(column.range);
    case CellKind::word:
      for (const auto& [word, value] : column.words) {
        out += (out.empty() ? "one of: " : ", ") + std::string(word);
      }
  }
  return out;
}

}  // namespace terrace::scenario

// Puts the two tables of a survey together and checks what takes both.
#pragma once

#include <memory>
#include <string>

#include <terrace/layout.hpp>
#include <terrace/survey_sample.hpp>

#include "scenario/survey_table.hpp"

namespace terrace::scenario {

/// Null where something does not fit. Both tables have rows and no mistakes of their own.
std::shared_ptr<SurveySample> assemble_survey(const CheckedTable& households,
                                              const CheckedTable& persons, const Layout& layout,
                                              SurveyMistakes& mistakes);

/// The fingerprint of a sample's people, whatever file they stood in.
std::string digest_of(const SurveySample& sample);

}  // namespace terrace::scenario

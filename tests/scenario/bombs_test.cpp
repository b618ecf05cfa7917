// Files made to hurt: each must be refused quickly and in little memory.
#include <cstdint>
#include <ctime>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "scenario/fixture.hpp"
#include "scenario/yaml_reader.hpp"

namespace terrace::scenario {
namespace {

using testing::HasSubstr;

class BombsTest : public ScenarioTest {
 protected:
  // Sanitizers slow everything and keep freed memory; the limits are those of a normal build.
  void expect_refused(const std::string& text, const std::string& message) const {
    const std::clock_t started = std::clock();  // of this process: others may be busy
    const Loaded loaded = load(text);
    const double took = static_cast<double>(std::clock() - started) / CLOCKS_PER_SEC;
    EXPECT_THAT(errors(loaded).substr(0, 100000), HasSubstr(message)) << shown(text.substr(0, 50));
    EXPECT_LT(took, slow() ? 10.0 : 1.0) << shown(text.substr(0, 50));
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    if (!slow()) {
      EXPECT_LT(usage.ru_maxrss, 256 * 1024) << shown(text.substr(0, 50));
    }
    for (const Diagnostic& d : loaded.errors) EXPECT_LT(to_string(d).size(), 1000U);
    EXPECT_LE(loaded.errors.size(), 201U);
  }

  static bool slow() {
#ifdef TERRACE_SANITIZED
    return true;
#else
    return false;
#endif
  }
};

std::string repeated(const std::string& part, std::size_t bytes) {
  std::string out;
  while (out.size() + part.size() <= bytes) out += part;
  return out;
}

TEST_F(BombsTest, Aliases) {
  std::string laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 9; ++i) {
    const std::string last = "*a" + std::to_string(i - 1);
    laughs += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + last;
    for (int k = 0; k < 8; ++k) laughs += ", " + last;
    laughs += "]\n";
  }
  expect_refused("terrace: 1\n" + laughs, "a3[8]: an alias");
  expect_refused("&a [*a]", "an anchor");
  expect_refused("terrace: 1\ntitle: &t x\nname: *t\n", "x.yaml:3:7: name: an alias");
  expect_refused("a: &a {b: 1}\nc: {<<: *a}\n", "c: a merge key");
  expect_refused("c: {<<: {a: 1}}\n", "a merge key");
  expect_refused("a: *nobody\n", "x.yaml:1:4: ");
}

TEST_F(BombsTest, Depth) {
  expect_refused(repeated("[", 100'000), "more than 32 levels");
  expect_refused(repeated("{a: ", 100'000), "more than 32 levels");
  expect_refused(repeated("- ", 100'000), "more than 32 levels");
  expect_refused(repeated("? ", 100'000), "more than 32 levels");
  expect_refused(repeated("[", 31) + repeated("]", 31), "must be a map");
  std::string stairs;
  for (int i = 0; i < 1000; ++i) stairs += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
  expect_refused(stairs, "more than 32 levels");
}

TEST_F(BombsTest, Size) {
  expect_refused("title: " + repeated("x", 1'100'000), "is larger than 1 MB");
  expect_refused("title: " + repeated("x", 990'000), "is longer than 2000 bytes");
  expect_refused(repeated("x", 990'000) + ": 1", "");
  expect_refused("a: [" + repeated("1,", 990'000) + "1]", "more than 100000 values");
  expect_refused("{" + repeated("a,", 990'000) + "b}", "duplicate key");
  expect_refused(repeated("a:\n", 990'000), "duplicate key");
  expect_refused("terrace: 1\n a: 1\n", "x.yaml:2:3: not valid YAML");
  expect_refused("  terrace: 1\nname: x\n", "x.yaml:2:1: a second YAML document");
  expect_refused(repeated("\n", 990'000), "the file is empty");
  expect_refused(repeated("#\n", 990'000), "the file is empty");
  expect_refused(repeated(" ", 990'000), "the file is empty");
  expect_refused(repeated("---\n", 990'000), "a second YAML document");
  expect_refused(repeated("\"a\" \"b\" ", 990'000), "a second YAML document");
  expect_refused(repeated("a: b: ", 990'000), "not valid YAML");
  expect_refused(repeated("!!a ", 990'000), "not valid YAML");
  expect_refused(repeated("%TAG ! tag:a,2000:\n", 990'000), "not valid YAML");
  expect_refused("a: |\n" + repeated(" x\n", 990'000), "unknown key");
  expect_refused("a: \"" + repeated("\\u8d2b", 990'000) + "\"", "unknown key");
  expect_refused(repeated("'", 990'000), "");
  expect_refused(repeated("]", 990'000), "not valid YAML");
  expect_refused(repeated("\"", 990'000), "");
}

TEST_F(BombsTest, ManyMistakes) {
  std::string unknown;
  std::string wrong = "terrace: 1\nseries: {wage: {unit: 1, prices: 1, source: 1, values: {";
  for (int i = 0; i < 45'000; ++i) {
    unknown += "k" + std::to_string(i) + ": 1\n";
    wrong += std::to_string(i) + ": x, ";
  }
  expect_refused(unknown, "and 44801 more mistakes");
  expect_refused(wrong + "}}}", "more mistakes");
  expect_refused(repeated("same: 1\n", 300'000), "duplicate key");
  expect_refused(repeated("k*&%$!" + std::string(50, 'z') + ": 1\n", 900'000), "duplicate key");
}

TEST_F(BombsTest, Bytes) {
  using namespace std::string_literals;
  expect_refused("terrace: 1\ntitle: \xff\xfe\n", "x.yaml:2:8: is not valid UTF-8");
  expect_refused("title: \xc0\xaf\n", "is not valid UTF-8");          // overlong
  expect_refused("title: \xed\xa0\x80\n", "is not valid UTF-8");      // half a surrogate pair
  expect_refused("title: \xf5\x80\x80\x80\n", "is not valid UTF-8");  // beyond Unicode
  expect_refused("title: \xe8\xb4", "is not valid UTF-8");            // cut
  expect_refused("title: a\0b\n"s, "a control character (byte 0)");
  expect_refused("\xff\xfet\0e\0"s, "is not valid UTF-8");  // UTF-16
  expect_refused("title: a\x1b[31mb\n", "a control character (byte 27)");
  expect_refused("run:\n\tseed: 1\n", "x.yaml:2:1: a tab as indentation");
  expect_refused("run:\n  \tseed: 1\n", "x.yaml:2:3: a tab as indentation");
  expect_refused("a: 1\rb: 2\r", "a control character (byte 13)");
  expect_refused("title: \"\\0\"\n", "holds a control character");
  expect_refused("title: \"\\ud800\"\n", "x.yaml:1");
  expect_refused("", "the file is empty");
  expect_refused("---\n...\n", "must be a map");
  expect_refused("[a, b]", "must be a map");
  expect_refused("text", "must be a map");
  expect_refused("? [a]\n: 1\n", "a key that is a list or a map");
  expect_refused("{[1]: 2}", "a key that is a list or a map");
  expect_refused("~: 1\n", "an empty key");
  expect_refused(": 1\n", "an empty key");
  expect_refused("terrace: 1\n---\nterrace: 1\n", "x.yaml:2:1: a second YAML document");
  expect_refused("terrace: !!python/object/apply:os.system [ls]\n", "a tag");
  expect_refused("%YAML 9.9\n---\nterrace: 1\n", "not valid YAML");
}

TEST_F(BombsTest, ThingsThatAreNoFiles) {
  EXPECT_EQ(errors(load_file(folder_)), folder_.string() + ": is not a file\n");
  EXPECT_THAT(errors(load_file("/dev/zero")), HasSubstr("is not a file"));
  const auto pipe = folder_ / "pipe.yaml";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_EQ(errors(load_file(pipe)), "pipe.yaml: is not a file\n");
  EXPECT_EQ(errors(load("terrace: 1\nextends: pipe.yaml\n")),
            "x.yaml:2:10: extends: 'pipe.yaml' is not a file\n");
  EXPECT_EQ(errors(load("terrace: 1\npopulation: {layout: pipe.yaml}\n")),
            "x.yaml:2:22: population.layout: 'pipe.yaml' is not a file\n");
  EXPECT_EQ(errors(load_file(folder_ / "nothing.yaml")), "nothing.yaml: does not exist\n");
  std::filesystem::resize_file(write("sparse.yaml", ""), std::uintmax_t{1} << 30);
  EXPECT_EQ(errors(load_file(folder_ / "sparse.yaml")), "sparse.yaml: is larger than 1 MB\n");
}

// Whatever bytes are changed, nothing breaks, and what is accepted resolves to itself.
TEST_F(BombsTest, Mutations) {
  std::vector<std::string> texts = {kLayout, kSeries};
  for (const char* name : {"tpa", "none", "mini", "teach"}) {
    std::ifstream in(std::string(TERRACE_SOURCE_DIR "/scenarios/") + name + ".yaml");
    texts.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  texts.push_back(resolved(load("terrace: 1\n")));
  static const std::vector<std::string> kParts = {
      ":",  "- ",   "? ",    "{",     "}",    "[",      "]",
      ",",  "&a ",  "*a",    "!",     "|",    ">",      "'",
      "\"", "%",    "@",     "#",     "\n",   "  ",     "\t",
      "~",  "<<: ", "---\n", "...\n", "\\",   "\xff",   "\xe8\xb4\xab",
      "0",  "-1",   "1e999", ".nan",  "true", "2013-01"};
  std::mt19937 random(20131103);
  const auto below = [&](std::size_t n) { return random() % n; };
  int accepted = 0;
  for (int round = 0; round < 4000; ++round) {
    std::string text = texts[below(texts.size())];
    for (std::size_t changes = 1 + below(4); changes > 0 && !text.empty(); --changes) {
      const std::size_t at = below(text.size());
      switch (below(5)) {
        case 0:
          text[at] = static_cast<char>(random() & 0xff);
          break;
        case 1:
          text.insert(at, kParts[below(kParts.size())]);
          break;
        case 2:
          text.erase(at, 1 + below(8));
          break;
        case 3:
          text.insert(at, text.substr(below(text.size()), below(40)));
          break;
        default:
          text.resize(at);
          break;
      }
    }
    if (text.starts_with("layout:")) write("data/china.yaml", text);
    const bool data = text.starts_with("layout:") || text.starts_with("series:");
    if (text.starts_with("series:")) write("data/series.yaml", text);
    const Loaded loaded = load(data ? "terrace: 1\n" : text);
    for (const Diagnostic& d : loaded.errors) ASSERT_NE(d.message, "");
    if (loaded.errors.empty()) {
      ++accepted;
      const Loaded again = load(resolved(loaded));
      ASSERT_EQ(errors(again), "") << text;
      ASSERT_EQ(resolved(again), resolved(loaded)) << text;
    }
    if (data) {
      write("data/china.yaml", kLayout);
      write("data/series.yaml", kSeries);
    }
  }
  EXPECT_GT(accepted, 50) << "most mutations should be refused, but not all";
}

}  // namespace
}  // namespace terrace::scenario

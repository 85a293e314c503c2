// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as an expression: compiling never fails but with an error whose place lies in the expression, scanning
// finds what matching one by one finds, and completion stays inside. What stands behind the first zero byte is data
// too, of an event of its own: any bytes as JSON.
#include "filter/completion.h"
#include "filter/jsonpaths.h"
#include "filter/syntax.h"
#include "filter/testlog.h"

#include <algorithm>
#include <cstdlib>
#include <string>

using namespace weir::filter;

namespace {

void require(bool condition)
{
    if (!condition)
        std::abort();
}

void fill(TestLog &log, std::string_view data)
{
    std::string stream = "data:";
    for (const char c : data)
        stream += c == '\n' ? "\ndata:" : std::string(1, c);
    log.receive(stream + "\n\n");
    log.receive(
        ":hello\n\nevent:Trade\nid:42\ndata:{\"price\": 1.5, \"a\":[{\"b\":\"x\\u00e9\"}]}\n\ndata:two\ndata:lines "
        "\xC3\x84\n\nretry:x\n\nid:\xD0\x96 7\n\ndata:\xFF\n\ndata:{\"a\":\ndata:1,\"b\":null}\n\n",
        1, std::chrono::seconds(3), 2);
    log.connect("refused");
}

void requirePlaces(std::string_view expression)
{
    std::size_t end = 0;
    for (const Token &token : tokens(expression)) {
        require(token.begin >= end && token.begin < token.end && token.end <= expression.size());
        end = token.end;
    }
    for (std::size_t position = 0; position <= expression.size(); position += 1 + expression.size() / 16) {
        const CompletionPlace place = completionsAt(expression, position);
        require(place.begin <= position && position <= place.end && place.end <= expression.size());
    }
}

/// What is collected can be asked for; of a key that is there twice it may be the second, which no path finds.
void requirePaths(std::string_view data)
{
    JsonPaths seen;
    seen.addData(data);
    for (const SeenPath &path : seen.paths()) {
        const auto compiled = JsonPath::compile(path.path.text());
        require(compiled && compiled->text() == path.path.text());
        for (const std::string &example : path.examples)
            require(Filter::compile(path.path.text() + " = " + example).has_value());
        compiled->valueText(data);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *bytes, std::size_t size)
{
    const std::string_view input(reinterpret_cast<const char *>(bytes), size);
    const std::string_view expression = input.substr(0, input.find('\0'));
    const std::string_view data = input.substr(std::min(expression.size() + 1, size));
    requirePlaces(expression);
    requirePaths(data);
    const auto filter = Filter::compile(expression);
    if (!filter) {
        require(filter.error().position + filter.error().length <= expression.size());
        require(!text(filter.error()).empty());
        return 0;
    }
    TestLog log(weir::store::LogLimits{.recordsPerSegment = 16});
    fill(log, data);
    const weir::store::Snapshot snapshot = log.snapshot();
    const SourceNames names{{1, "Prices"}};
    require(matchedByScan(*filter, snapshot, names) == matchedOneByOne(*filter, snapshot, names));
    return 0;
}

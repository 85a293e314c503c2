// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as an expression: compiling never fails but with an error whose place lies in the expression, and scanning
// finds what matching one by one finds.
#include "filter/syntax.h"
#include "filter/testlog.h"

#include <cstdlib>

using namespace weir::filter;

namespace {

void require(bool condition)
{
    if (!condition)
        std::abort();
}

const TestLog &someLog()
{
    static const TestLog *const log = [] {
        auto *result = new TestLog;
        result->receive(":hello\n\nevent:Trade\nid:42\ndata:{\"price\": 1.5}\n\ndata:two\ndata:lines \xC3\x84\n\n"
                        "retry:x\n\nid:\xD0\x96 7\n\ndata:\xFF\n\n");
        result->connect("refused");
        return result;
    }();
    return *log;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *bytes, std::size_t size)
{
    const std::string_view expression(reinterpret_cast<const char *>(bytes), size);
    std::size_t end = 0;
    for (const Token &token : tokens(expression)) {
        require(token.begin >= end && token.begin < token.end && token.end <= size);
        end = token.end;
    }
    const auto filter = Filter::compile(expression);
    if (!filter) {
        require(filter.error().position + filter.error().length <= size);
        require(!text(filter.error()).empty());
        return 0;
    }
    const weir::store::Snapshot snapshot = someLog().snapshot();
    const SourceNames names{{1, "Prices"}};
    require(matchedByScan(*filter, snapshot, names) == matchedOneByOne(*filter, snapshot, names));
    return 0;
}

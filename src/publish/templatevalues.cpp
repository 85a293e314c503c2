// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/templatevalues.h"

#include <chrono>
#include <cstring>

namespace weir::publish {

namespace {

void renderDigits(char *out, unsigned value, int digits)
{
    for (int i = digits - 1; i >= 0; --i) {
        out[i] = static_cast<char>('0' + value % 10);
        value /= 10;
    }
}

} // namespace

char *TemplateValues::renderNow(char *out)
{
    using namespace std::chrono;
    const auto now = time_point_cast<microseconds>(system_clock::now());
    const auto second = floor<seconds>(now);
    if (const std::time_t time = system_clock::to_time_t(second); time != m_second || m_secondText.empty()) {
        m_second = time;
        char text[32];
        std::tm parts{};
        ::gmtime_r(&time, &parts);
        m_secondText.assign(text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S.", &parts));
    }
    std::memcpy(out, m_secondText.data(), m_secondText.size());
    out += m_secondText.size();
    renderDigits(out, static_cast<unsigned>((now - second).count()), 6);
    out[6] = 'Z';
    return out + 7;
}

char *TemplateValues::renderUuid(char *out)
{
    constexpr char digits[] = "0123456789abcdef";
    std::uint64_t bits = m_random();
    for (int i = 0, used = 0; i < static_cast<int>(uuidSize); ++i) {
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            *out++ = '-';
            continue;
        }
        unsigned nibble = bits & 0xf;
        bits >>= 4;
        if (++used == 16)
            bits = m_random();
        if (i == 14)
            nibble = 4; // the version of a random UUID
        if (i == 19)
            nibble = 8 | (nibble & 3); // its variant
        *out++ = digits[nibble];
    }
    return out;
}

} // namespace weir::publish

// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/recordtest.h"

namespace weir::filter {

Verdict SingleRecord::test(const Step &step)
{
    if (step.test == Test::Json)
        return askJson(m_code.jsonTests[step.operand]);
    if (step.test == Test::Pattern)
        return m_code.patterns[step.operand].isIn(m_event.data());
    return verdict(isYes(step));
}

bool SingleRecord::isYes(const Step &step) const
{
    switch (step.test) {
    case Test::Kind:
        return ((step.operand >> static_cast<unsigned>(m_event.kind())) & 1) != 0;
    case Test::Size:
        return m_code.ranges[step.operand].contains(m_event.raw().size());
    case Test::Has:
        return has(Presence{step.operand});
    case Test::Gap:
        return isGapWithin(m_code.ranges[step.operand], m_event);
    case Test::Attempt:
        return m_code.ranges[step.operand].contains(m_event.attempt());
    case Test::Source:
        return m_code.values[step.operand].matches(source());
    case Test::Time:
        return isAt(m_code.times[step.operand]);
    case Test::Type:
        return m_code.values[step.operand].matches(m_event.type());
    case Test::Id:
        return m_code.values[step.operand].matches(m_event.id());
    case Test::Literal:
        return mayHave(m_code.needles[step.operand]);
    case Test::Text:
        return hasText(m_code.needles[step.operand]);
    case Test::DataText:
        return m_code.needles[step.operand].isIn(m_event.data());
    default:
        return true;
    }
}

bool SingleRecord::has(Presence what) const
{
    const std::string_view text = what == Presence::Id     ? m_event.id()
                                  : what == Presence::Type ? m_event.typeBuffer()
                                                           : m_event.data();
    return !text.empty();
}

bool SingleRecord::isAt(const TimeTest &time) const
{
    TimeTest::OffsetMemory memory;
    return time.contains(m_event.arrival(), memory);
}

bool SingleRecord::hasText(const Needle &needle) const
{
    return needle.isIn(m_event.data()) || needle.isIn(m_event.typeBuffer()) || needle.isIn(m_event.id());
}

bool SingleRecord::mayHave(const Needle &literal) const
{
    return literal.isIn(m_event.data()) || m_code.needles[*m_code.escapes].isIn(m_event.data());
}

std::string_view SingleRecord::source() const
{
    const auto name = m_names.find(m_event.subscription().value);
    return name == m_names.end() ? std::string_view{} : name->second;
}

Verdict SingleRecord::askJson(const JsonTest &test)
{
    JsonReader &reader = JsonReader::ofThread();
    if (!m_hasOpened)
        m_isJson = reader.open(m_event.data(), 0);
    m_hasOpened = true;
    return m_isJson ? test.ask(reader) : Verdict::No;
}

} // namespace weir::filter

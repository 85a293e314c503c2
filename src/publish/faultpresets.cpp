// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/faultcatalogue.h"

#include "publish/faultwords.h"

namespace weir::publish {

using namespace Qt::StringLiterals;

std::vector<FaultPreset> faultPresets()
{
    return {
        {faultWords(QT_TRANSLATE_NOOP("Faults", "Hostile network: one byte per packet")),
            FaultPlan().with(Fault::OneByte)},
        {faultWords(QT_TRANSLATE_NOOP("Faults", "CR LF torn apart")),
            FaultPlan().with(Fault::LineEnds, {{u"ends"_s, u"crlf"_s}}).with(Fault::SplitLineEnd)},
        {faultWords(QT_TRANSLATE_NOOP("Faults", "Odd but legal text: BOM and mixed line ends")),
            FaultPlan().with(Fault::Bom).with(Fault::LineEnds, {{u"ends"_s, u"mixed"_s}})},
        {faultWords(QT_TRANSLATE_NOOP("Faults", "Fields to be ignored: NUL in the id, bad retry")),
            FaultPlan().with(Fault::NulInId).with(Fault::BadRetry)},
        {faultWords(QT_TRANSLATE_NOOP("Faults", "Connection lost inside an event")),
            FaultPlan().with(Fault::ResetInEvent)},
        {faultWords(QT_TRANSLATE_NOOP("Faults", "Overload: 503 with Retry-After")),
            FaultPlan().with(Fault::Status, {{u"status"_s, 503}, {u"retryAfterSeconds"_s, 2}})},
        {faultWords(QT_TRANSLATE_NOOP("Faults", "Stop asked for: 204")),
            FaultPlan().with(Fault::Status, {{u"status"_s, 204}})},
        {faultWords(QT_TRANSLATE_NOOP("Faults", "Moved three times, then slow to answer")),
            FaultPlan().with(Fault::Redirect).with(Fault::HeadDelay, {{u"ms"_s, 2000}})},
        {faultWords(QT_TRANSLATE_NOOP("Faults", "Proxy that holds everything back")),
            FaultPlan().with(Fault::GzipUnflushed)},
        {faultWords(QT_TRANSLATE_NOOP("Faults", "Dead peer: silence after one event")),
            FaultPlan().with(Fault::Silence)},
        {faultWords(QT_TRANSLATE_NOOP("Faults", "Memory: a line without end")), FaultPlan().with(Fault::EndlessLine)},
    };
}

} // namespace weir::publish

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/faultplan.h"

#include <QByteArray>

#include <string_view>
#include <vector>

namespace weir::publish {

/// Bytes of a body and where they have to be cut into packets: offsets in rising order.
struct CutBytes
{
    QByteArray bytes;
    std::vector<qsizetype> cuts;
};

/// The faults that change the text of a stream, and where packets are cut inside it. Remembers what it needs from block
/// to block: in mixed line ends no CR may come before the LF of an empty line.
class FaultText
{
public:
    explicit FaultText(const FaultPlan &plan);

    /// `block`: as the encoder writes it, with LF.
    CutBytes apply(std::string_view block);
    QByteArray lineEnd() { return nextLineEnd(false); }

    static bool isEvent(std::string_view block); ///< has a data field

private:
    enum class Ends { Lf, CrLf, Cr, Mixed };
    std::string changedFields(std::string_view block) const;
    QByteArray nextLineEnd(bool isLineEmpty);
    std::vector<qsizetype> cutsOf(const QByteArray &bytes) const;

    FaultPlan m_plan;
    Ends m_ends = Ends::Lf;
    int m_turn = 0;
    bool m_isAfterCr = false;
    std::string m_invalid; ///< bytes to put in
};

} // namespace weir::publish

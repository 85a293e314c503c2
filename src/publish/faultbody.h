// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/faulttext.h"
#include "publish/frame.h"
#include "publish/gzipwriter.h"

#include <memory>

namespace weir::publish {

/// Makes the bytes of one faulty body, portion by portion: text faults, then content coding, then framing. Sends
/// nothing and never holds more than one block and one portion. Publisher thread only.
class FaultBody
{
public:
    /// Requires a form without compression: the plan says what is compressed.
    FaultBody(const FaultPlan &plan, Frame::Form form);

    /// What follows after a portion.
    enum class Next {
        Go,        ///< the next portion
        Close,     ///< FIN
        Reset,     ///< RST
        HalfClose, ///< FIN, and the connection stays
        EndBody,   ///< the body ends properly, then FIN
        Silence,   ///< nothing more
    };
    struct Portion
    {
        CutBytes content;
        std::uint32_t events = 0; ///< that end in it
        Next next = Next::Go;
    };

    /// What comes before any block, or what the plan wants at this point; null if it is the turn of a block.
    std::optional<Portion> own();
    /// One block of the stream, as the encoder writes it.
    Portion fromBlock(std::string_view block);
    /// The proper end of the body.
    QByteArray end();

    const FaultPlan &plan() const { return m_plan; }
    /// From the next portion on. The coding of a body cannot change.
    void setPlan(const FaultPlan &plan);
    /// The body is what it would be without this, as far as it is coded at all.
    bool isPlain() const { return m_plan.isEmpty() && !m_gzip; }
    bool isInEndlessLine() const { return m_isEndless && m_fillerBytes > 0; }
    bool isInsideLine() const { return m_isLineStarted; } ///< of a portion of its own

private:
    Portion wholeEvent(CutBytes text);
    Portion damagedEvent(CutBytes text);
    std::optional<Portion> filler();
    CutBytes wrapped(const CutBytes &text, qsizetype announced);
    CutBytes wrapped(const CutBytes &text);
    CutBytes framed(const CutBytes &bytes, const QByteArray &size) const;
    void limitToLength(Portion &portion);

    enum class Ending { None, AtEvent, AfterEvent };
    static Ending endingOf(const FaultPlan &plan, Fault *fault);

    FaultPlan m_plan;
    bool m_isChunked;
    FaultText m_text;
    std::unique_ptr<GzipWriter> m_gzip;
    GzipWriter::Flush m_flush = GzipWriter::Flush::Sync;
    Ending m_ending = Ending::None;
    Fault m_endingFault = Fault::Silence;
    std::uint64_t m_eventsBefore = 0; ///< that still go out whole
    bool m_owesBom = false;
    std::uint64_t m_fillerBytes = 0; ///< of the line that is being filled; 0: none
    bool m_isLineStarted = false;
    bool m_isEndless = false;
    qint64 m_bodyBytes = 0;
};

} // namespace weir::publish

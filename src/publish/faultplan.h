// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QMetaType>
#include <QString>
#include <QVariantMap>

#include <map>
#include <optional>

namespace weir::publish {

/// What a stream can be made to do wrong, or in a way that is right but seldom met. A closed set; each has its entry in
/// faultCatalogue().
enum class Fault {
    Status,
    ContentType,
    NoContentType,
    Redirect,
    RedirectLoop,
    HeadDelay,
    LineEnds,
    Bom,
    InvalidUtf8,
    NulInId,
    BadRetry,
    LargeEvent,
    EndlessLine,
    SplitAt,
    SplitCharacter,
    SplitLineEnd,
    OneByte,
    Drip,
    GzipUnflushed,
    GzipTruncated,
    BadChunkSize,
    LengthTooLong,
    LengthTooShort,
    NoHeartbeat,
    Silence,
    NoBlankLine,
    CutInEvent,
    ResetInEvent,
    HalfClose,
};

/// Which faults one stream shows, and how. A value; keeps only what the catalogue allows, so a plan is always readable,
/// but its faults may contradict one another: see contradiction().
class FaultPlan
{
public:
    bool isEmpty() const { return m_faults.empty(); }
    bool has(Fault fault) const { return m_faults.count(fault) > 0; }
    /// Of a parameter that the fault has; what was not set has the catalogue's value.
    qint64 number(Fault fault, const char *parameter) const;
    QByteArray text(Fault fault, const char *parameter) const;

    /// Adds the fault, or replaces its parameters. Empty, or one sentence that says which parameter is wrong and why;
    /// then nothing changed.
    QString set(Fault fault, const QVariantMap &parameters = {});
    FaultPlan &with(Fault fault, const QVariantMap &parameters = {}); ///< set() for what is known to be right
    void remove(Fault fault) { m_faults.erase(fault); }
    QList<Fault> faults() const; ///< in the order of the catalogue
    QVariantMap parameters(Fault fault) const { return m_faults.count(fault) > 0 ? m_faults.at(fault) : QVariantMap(); }

    /// Empty, or one sentence that says which two faults cannot go together and why.
    QString contradiction() const;
    /// Empty, or why the plan cannot begin in the middle of a stream.
    QString liveObstacle() const;

    /// The names of the faults with the parameters that matter, in one line.
    QString summary() const;

    /// `{"lineEnds": {"ends": "cr"}, "bom": {}}`.
    QByteArray toJson() const;
    /// Null, and `error` says what is wrong and where, for what toJson() cannot have written.
    static std::optional<FaultPlan> fromJson(const QByteArray &json, QString *error);

    friend bool operator==(const FaultPlan &, const FaultPlan &) = default;

private:
    std::map<Fault, QVariantMap> m_faults; ///< with every parameter
};

} // namespace weir::publish
Q_DECLARE_METATYPE(weir::publish::FaultPlan)

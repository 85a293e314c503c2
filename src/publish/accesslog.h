// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QObject>
#include <QString>
#include <QTimer>

#include <chrono>
#include <cstdint>

namespace weir::publish {

/// One request as the access log shows it. A value; holds no secrets: see maskedTarget().
struct RequestRecord
{
    std::uint64_t number = 0; ///< rises from 1; a record that comes again replaces the one of the same number
    QDateTime time;           ///< UTC, when it was answered
    QString address;          ///< with port
    QByteArray method;        ///< empty: could not be read as a request
    QByteArray target;        ///< path and query
    int status = 0;           ///< 0: none was sent
    std::uint64_t bytes = 0;  ///< sent, with the head
    std::chrono::milliseconds duration{0};
    QByteArray userAgent;
    QString note;        ///< what went wrong, or how the stream ended
    bool isOpen = false; ///< a stream that goes on
};

/// Hands records on in batches, at most 4 times a second, as long as somebody watches. Holds the last `maxBatch` of a
/// batch; the rest is only counted. Publisher thread only.
class AccessLog : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype maxBatch = 2500;

    explicit AccessLog(QObject *parent = nullptr);

    void setWatched(bool watched);
    bool isWatched() const { return m_isWatched; }
    /// Answers the number that it gave to the record.
    std::uint64_t add(RequestRecord record);
    /// For a record that was added.
    void replace(const RequestRecord &record);

Q_SIGNALS:
    void recorded(const QList<weir::publish::RequestRecord> &records, std::uint64_t leftOut);

private:
    void keep(const RequestRecord &record);
    void flush();

    bool m_isWatched = false;
    std::uint64_t m_lastNumber = 0;
    std::uint64_t m_leftOut = 0;
    QList<RequestRecord> m_batch;
    QTimer m_timer;
};

/// Path and query, with `***` for the values of query fields whose name tells of a secret (token, key, password …) and
/// control characters of the path as `%0A`.
QByteArray maskedTarget(const QByteArray &path, const QByteArray &query);
/// A request head, with `***` for the values of Authorization, Cookie and other fields that hold secrets, and in the
/// target as in maskedTarget(). The scheme of an Authorization stays.
QByteArray maskedHead(const QByteArray &head);

} // namespace weir::publish
Q_DECLARE_METATYPE(weir::publish::RequestRecord)

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>

namespace weir::profile {

/// Parses a file whose outermost value is an object. Else nothing, and `problem` says what is wrong at which line and
/// column.
std::optional<QJsonObject> jsonObjectFrom(const QByteArray &bytes, QString *problem);

/// Reads an object member by member. What is of the wrong kind counts as absent and is reported with its path, such as
/// `subscriptions[2].headers[0].name: must be a text`, so that the rest can still be used.
class JsonReader
{
public:
    /// Keeps a reference: `problems` must outlive this.
    JsonReader(QJsonObject object, QString path, QStringList &problems);

    bool has(const QString &key) const { return m_object.contains(key); }
    std::optional<QString> text(const QString &key);
    /// A text, as UTF-8, or `{"base64": "…"}`.
    std::optional<QByteArray> bytes(const QString &key);
    std::optional<bool> boolean(const QString &key);
    std::optional<qint64> integer(const QString &key, qint64 least, qint64 most);
    std::optional<double> number(const QString &key, double least, double most);
    /// Index into `words`.
    std::optional<qsizetype> oneOf(const QString &key, const QStringList &words);
    QStringList texts(const QString &key);
    std::optional<JsonReader> object(const QString &key);
    /// One reader for each element that is an object.
    QList<JsonReader> objects(const QString &key);
    /// Whether the member is `{"secret": true}`.
    bool isSecret(const QString &key);

    QStringList keys() const { return m_object.keys(); }
    /// Members that were never asked for.
    QStringList unknownKeys() const;
    QString pathOf(const QString &key) const;
    void report(const QString &key, const QString &problem);

private:
    QJsonValue take(const QString &key);

    QJsonObject m_object;
    QString m_path;
    QStringList *m_problems;
    QStringList m_asked;
};

/// The counterpart of JsonReader::bytes().
QJsonValue jsonBytes(const QByteArray &bytes);

/// Indented by two blanks with one value on each line, keys in alphabetical order: differences stay small.
QByteArray jsonText(const QJsonObject &object);

} // namespace weir::profile

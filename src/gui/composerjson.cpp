// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/composerjson.h"

#include <QCoreApplication>
#include <QPromise>
#include <QStringView>
#include <QThreadPool>

#include <memory>
#include <vector>

namespace weir::gui {

using namespace Qt::StringLiterals;

namespace {

QString jsonPhrase(const char *text)
{
    return QCoreApplication::translate("weir::gui::ComposerJson", text);
}

bool isDigit(char16_t c)
{
    return c >= u'0' && c <= u'9';
}

bool isHexDigit(char16_t c)
{
    return isDigit(c) || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
}

/// One pass over the text. The stack holds a bit for each open bracket: true for an object.
class JsonScanner
{
public:
    explicit JsonScanner(QStringView text)
        : m_text(text)
    {}

    std::optional<JsonFault> run();

private:
    using Reason = const char *; ///< none: no fault

    Reason scan();
    Reason scanValue();
    Reason open(bool isObject);
    Reason endValues();
    Reason scanKey();
    Reason scanString();
    Reason scanEscape();
    Reason scanNumber();
    Reason scanWord(QStringView word);
    bool skipDigits();
    void skipSpace();

    char16_t peek() const { return isAtEnd() ? u'\0' : m_text[m_at].unicode(); }
    bool isAtEnd() const { return m_at >= m_text.size(); }
    bool skip(char16_t c)
    {
        if (isAtEnd() || peek() != c)
            return false;
        ++m_at;
        return true;
    }

    QStringView m_text;
    qsizetype m_at = 0;
    std::vector<bool> m_open;
    bool m_isValueComplete = false; ///< false after an opening bracket with something in it: its first value comes
};

std::optional<JsonFault> JsonScanner::run()
{
    const auto reason = scan();
    if (!reason)
        return {};
    const auto before = m_text.first(m_at);
    const auto line = before.count(u'\n') + 1;
    const auto column = m_at - before.lastIndexOf(u'\n');
    return JsonFault{jsonPhrase(reason), static_cast<int>(line), static_cast<int>(column)};
}

JsonScanner::Reason JsonScanner::scan()
{
    do {
        if (const auto reason = scanValue())
            return reason;
        if (!m_isValueComplete)
            continue;
        if (const auto reason = endValues())
            return reason;
    } while (!m_open.empty());
    skipSpace();
    return isAtEnd() ? nullptr : QT_TRANSLATE_NOOP("weir::gui::ComposerJson", "text after the value");
}

JsonScanner::Reason JsonScanner::scanValue()
{
    skipSpace();
    m_isValueComplete = true;
    switch (peek()) {
    case u'{':
        return open(true);
    case u'[':
        return open(false);
    case u'"':
        return scanString();
    case u't':
        return scanWord(u"true");
    case u'f':
        return scanWord(u"false");
    case u'n':
        return scanWord(u"null");
    default:
        break;
    }
    if (peek() == u'-' || isDigit(peek()))
        return scanNumber();
    return isAtEnd() ? QT_TRANSLATE_NOOP("weir::gui::ComposerJson", "the text ends where a value should be")
                     : QT_TRANSLATE_NOOP("weir::gui::ComposerJson", "a value should be here");
}

JsonScanner::Reason JsonScanner::open(bool isObject)
{
    ++m_at;
    skipSpace();
    if (skip(isObject ? u'}' : u']'))
        return nullptr;
    m_open.push_back(isObject);
    m_isValueComplete = false;
    return isObject ? scanKey() : nullptr;
}

// After a value: closes what ends here, until another value is to come or nothing is open.
JsonScanner::Reason JsonScanner::endValues()
{
    while (!m_open.empty()) {
        const bool isObject = m_open.back();
        skipSpace();
        if (skip(u',')) {
            skipSpace();
            return isObject ? scanKey() : nullptr;
        }
        if (!skip(isObject ? u'}' : u']')) {
            return isObject ? QT_TRANSLATE_NOOP("weir::gui::ComposerJson", "“,” or “}” should be here")
                            : QT_TRANSLATE_NOOP("weir::gui::ComposerJson", "“,” or “]” should be here");
        }
        m_open.pop_back();
    }
    return nullptr;
}

JsonScanner::Reason JsonScanner::scanKey()
{
    if (peek() != u'"')
        return QT_TRANSLATE_NOOP("weir::gui::ComposerJson", "a name in double quotes should be here");
    if (const auto reason = scanString())
        return reason;
    skipSpace();
    return skip(u':') ? nullptr : QT_TRANSLATE_NOOP("weir::gui::ComposerJson", "“:” should be here");
}

JsonScanner::Reason JsonScanner::scanString()
{
    const auto start = m_at++;
    while (!isAtEnd()) {
        const auto c = peek();
        if (c < 0x20)
            return QT_TRANSLATE_NOOP("weir::gui::ComposerJson", "a line break or control character inside a string");
        ++m_at;
        if (c == u'"')
            return nullptr;
        if (c != u'\\')
            continue;
        if (const auto reason = scanEscape())
            return reason;
    }
    m_at = start;
    return QT_TRANSLATE_NOOP("weir::gui::ComposerJson", "this string does not end");
}

JsonScanner::Reason JsonScanner::scanEscape()
{
    constexpr auto reason = QT_TRANSLATE_NOOP("weir::gui::ComposerJson", "an escape that JSON does not have");
    if (isAtEnd() || !u"\"\\/bfnrtu"_s.contains(QChar(peek())))
        return reason;
    if (!skip(u'u')) {
        ++m_at;
        return nullptr;
    }
    for (int digit = 0; digit < 4; ++digit, ++m_at) {
        if (!isHexDigit(peek()))
            return reason;
    }
    return nullptr;
}

JsonScanner::Reason JsonScanner::scanNumber()
{
    constexpr auto reason = QT_TRANSLATE_NOOP("weir::gui::ComposerJson", "a digit should be here");
    skip(u'-');
    if (!skip(u'0') && !skipDigits())
        return reason;
    if (skip(u'.') && !skipDigits())
        return reason;
    if (!skip(u'e') && !skip(u'E'))
        return nullptr;
    if (!skip(u'+'))
        skip(u'-');
    return skipDigits() ? nullptr : reason;
}

JsonScanner::Reason JsonScanner::scanWord(QStringView word)
{
    if (!m_text.sliced(m_at).startsWith(word))
        return QT_TRANSLATE_NOOP("weir::gui::ComposerJson", "a value should be here");
    m_at += word.size();
    return nullptr;
}

bool JsonScanner::skipDigits()
{
    const auto start = m_at;
    while (isDigit(peek()))
        ++m_at;
    return m_at > start;
}

void JsonScanner::skipSpace()
{
    while (!isAtEnd() && (peek() == u' ' || peek() == u'\n' || peek() == u'\r' || peek() == u'\t'))
        ++m_at;
}

} // namespace

std::optional<JsonFault> findJsonFault(const QString &text)
{
    return JsonScanner(text).run();
}

ComposerJson::ComposerJson(QObject *parent)
    : QObject(parent)
{
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &ComposerJson::report);
}

void ComposerJson::check(const QString &text)
{
    auto promise = std::make_shared<QPromise<std::optional<JsonFault>>>();
    m_watcher.setFuture(promise->future());
    promise->start();
    QThreadPool::globalInstance()->start([promise, text] {
        promise->addResult(findJsonFault(text));
        promise->finish();
    });
}

void ComposerJson::forget()
{
    m_watcher.setFuture({});
}

void ComposerJson::report()
{
    if (m_watcher.future().resultCount() == 0)
        return;
    if (const auto fault = m_watcher.result())
        Q_EMIT faulty(*fault);
    else
        Q_EMIT valid();
}

} // namespace weir::gui

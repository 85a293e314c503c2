// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/variables.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>
#include <type_traits>

namespace weir::profile {

using namespace subscribe;

using namespace Qt::StringLiterals;

namespace {

struct VariableText
{
    Q_DECLARE_TR_FUNCTIONS(VariableText)
};

constexpr qsizetype brace = 2; // length of "{{" and "}}"

bool isNameByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '.';
}

bool isName(const QByteArray &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isNameByte);
}

/// Walks over all fields that may hold variables and tells `visit` of each text and what people call the field.
/// Bytes are visited as they are: a body need not be text.
template <typename Settings, typename Visit>
void visitFields(Settings &settings, Visit visit)
{
    visit(settings.address, VariableText::tr("the address"));
    for (auto &header : settings.headers)
        visit(header.value, VariableText::tr("the header %1").arg(QString::fromUtf8(header.name)));
    visit(settings.body, VariableText::tr("the body"));
    visit(settings.lastEventId, VariableText::tr("the last event ID"));
    visit(settings.authentication.userName, VariableText::tr("the user name"));
    visit(settings.authentication.secret, VariableText::tr("the password or token"));
    auto &transport = settings.transport;
    visit(transport.proxy.host, VariableText::tr("the proxy's host"));
    visit(transport.proxy.userName, VariableText::tr("the proxy's user name"));
    visit(transport.proxy.password, VariableText::tr("the proxy's password"));
    visit(transport.tls.caFile, VariableText::tr("the name of the CA file"));
    visit(transport.tls.certificateFile, VariableText::tr("the name of the certificate file"));
    visit(transport.tls.keyFile, VariableText::tr("the name of the key file"));
    visit(transport.tls.keyPassphrase, VariableText::tr("the passphrase of the key"));
}

/// Calls `visit(begin, end, name)` for each pair of braces; `end` is -1 and the name empty if they are not closed.
template <typename Visit>
void visitReferences(const QByteArray &text, Visit visit)
{
    for (auto begin = text.indexOf("{{"); begin >= 0;) {
        const auto close = text.indexOf("}}", begin + brace);
        if (close < 0)
            return visit(begin, qsizetype{-1}, QByteArray());
        // Of `{{{x}}` and `{{ {{x}}` the last opening braces count.
        begin = std::max(begin, text.lastIndexOf("{{", close - brace));
        visit(begin, close + brace, text.mid(begin + brace, close - begin - brace).trimmed());
        begin = text.indexOf("{{", close + brace);
    }
}

class Filler
{
public:
    explicit Filler(const Variables &variables)
        : m_variables(variables)
    {}

    void fill(QString &text, const QString &field, bool isStrict)
    {
        if (text.contains("{{"_L1))
            text = QString::fromUtf8(filled(text.toUtf8(), field, isStrict));
    }
    void fill(QByteArray &text, const QString &field, bool isStrict)
    {
        if (text.contains("{{"))
            text = filled(text, field, isStrict);
    }

    QStringList problems;
    QStringList missingSecrets;
    QStringList secretTexts;

private:
    QByteArray filled(const QByteArray &text, const QString &field, bool isStrict)
    {
        QByteArray result;
        qsizetype taken = 0;
        visitReferences(text, [&](qsizetype begin, qsizetype end, const QByteArray &name) {
            if (const auto value = valueOf(name, end, field, isStrict)) {
                result += text.mid(taken, begin - taken) + *value;
                taken = end;
            }
        });
        return result + text.mid(taken);
    }

    std::optional<QByteArray> valueOf(const QByteArray &name, qsizetype end, const QString &field, bool isStrict)
    {
        if (!isName(name)) {
            if (isStrict && end < 0)
                problems << VariableText::tr("In %1 braces {{ are opened and not closed.").arg(field);
            else if (isStrict)
                problems << VariableText::tr("In %1 braces hold no variable name: only letters, digits and _ - .")
                                .arg(field);
            return {};
        }
        const auto key = QString::fromLatin1(name);
        const auto found = m_variables.constFind(key);
        if (found == m_variables.cend()) {
            problems << VariableText::tr("The variable {{%1}} in %2 is not set.").arg(key, field);
            return {};
        }
        if (found->isSecret && found->value.isEmpty()) {
            problems << VariableText::tr("The secret variable {{%1}} in %2 has no value yet.").arg(key, field);
            if (!missingSecrets.contains(key))
                missingSecrets << key;
            return {};
        }
        if (found->isSecret && !secretTexts.contains(found->value))
            secretTexts << found->value;
        return found->value.toUtf8();
    }

    const Variables &m_variables;
};

void takeUrl(Resolution &resolution)
{
    auto error = SettingsError::UrlInvalid;
    const auto url = urlFromUserInput(resolution.settings.address, &error);
    if (url.isValid()) {
        resolution.settings.url = url;
        resolution.settings.address.clear();
    } else {
        resolution.problems << text(error);
    }
}

} // namespace

Resolution resolved(const SubscriptionSettings &settings, const Variables &variables)
{
    Resolution resolution{settings, {}, {}};
    Filler filler(variables);
    auto *address = &resolution.settings.address;
    visitFields(resolution.settings, [&](auto &field, const QString &name) {
        filler.fill(field, name, static_cast<const void *>(&field) == static_cast<const void *>(address));
    });
    resolution.problems = filler.problems;
    resolution.missingSecrets = filler.missingSecrets;
    resolution.settings.secretTexts = filler.secretTexts;
    if (!settings.address.isEmpty() && resolution.isComplete())
        takeUrl(resolution);
    return resolution;
}

bool isVariableName(const QString &name)
{
    return isName(name.toUtf8());
}

bool holdsVariable(const QString &text)
{
    bool isHeld = false;
    visitReferences(text.toUtf8(), [&](qsizetype, qsizetype, const QByteArray &name) { isHeld |= isName(name); });
    return isHeld;
}

QStringList variablesIn(const SubscriptionSettings &settings)
{
    QStringList names;
    const auto collect = [&names](qsizetype, qsizetype, const QByteArray &name) {
        if (isName(name) && !names.contains(QLatin1String(name)))
            names << QString::fromLatin1(name);
    };
    visitFields(settings, [&](const auto &field, const QString &) {
        if constexpr (std::is_same_v<std::decay_t<decltype(field)>, QString>)
            visitReferences(field.toUtf8(), collect);
        else
            visitReferences(field, collect);
    });
    return names;
}

Variables withoutSecretValues(Variables variables)
{
    for (auto variable = variables.begin(); variable != variables.end(); ++variable)
        if (variable->isSecret)
            variable->value = u"{{%1}}"_s.arg(variable.key());
    return variables;
}

} // namespace weir::profile

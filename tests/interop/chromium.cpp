// SPDX-License-Identifier: GPL-3.0-or-later
#include "interop/chromium.h"

#include <QRegularExpression>

namespace weir::interop {

using namespace Qt::StringLiterals;

void Chromium::open(const QString &url)
{
    auto words = QProcess::splitCommand(command(url));
    const auto program = words.takeFirst();
    m_program.start(program, words);
}

QString Chromium::command(const QString &url) const
{
    return u"chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
           "--disable-background-networking --disable-component-update --disable-sync --disable-dev-shm-usage "
           "--remote-debugging-port=0 --user-data-dir=%1 %2"_s.arg(m_profile.path(), url);
}

int Chromium::devToolsPort() const
{
    static const QRegularExpression line(u"DevTools listening on ws://127\\.0\\.0\\.1:(\\d+)/"_s);
    return line.match(QString::fromUtf8(m_program.errors())).captured(1).toInt();
}

QByteArray eventSourcePage(const QString &streamUrl)
{
    return R"(<!doctype html><meta charset="utf-8"><title>EventSource</title><script>
const report = object => fetch('/report', {method: 'POST', body: JSON.stringify(object)});
const source = new EventSource(')" +
           streamUrl.toUtf8() + R"(');
source.onopen = () => report({kind: 'open'});
source.onerror = () => report({kind: 'error', state: source.readyState});
const event = e => report({kind: 'event', type: e.type, id: e.lastEventId, data: e.data});
source.onmessage = event;
for (const type of ['trade', 'weir-gap']) source.addEventListener(type, event);
</script>)";
}

} // namespace weir::interop

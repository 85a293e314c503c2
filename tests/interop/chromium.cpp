// SPDX-License-Identifier: GPL-3.0-or-later
#include "interop/chromium.h"

namespace weir::interop {

using namespace Qt::StringLiterals;

void Chromium::open(const QString &url)
{
    m_program.start(
        u"chromium"_s, {u"--headless"_s, u"--no-sandbox"_s, u"--disable-gpu"_s, u"--disable-quic"_s,
                           u"--no-first-run"_s, u"--disable-background-networking"_s, u"--disable-component-update"_s,
                           u"--disable-sync"_s, u"--disable-dev-shm-usage"_s, u"--remote-debugging-port=0"_s,
                           u"--user-data-dir="_s + m_profile.path(), url});
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

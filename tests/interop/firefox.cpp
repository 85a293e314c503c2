// SPDX-License-Identifier: GPL-3.0-or-later
#include "interop/firefox.h"

#include <QFile>
#include <QProcess>

namespace weir::interop {

using namespace Qt::StringLiterals;

namespace {

constexpr auto preferences = R"(user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.aboutwelcome.enabled", false);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("browser.sessionstore.resume_from_crash", false);
user_pref("toolkit.startup.max_resumed_crashes", -1);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("datareporting.policy.firstRunURL", "");
user_pref("toolkit.telemetry.reportingpolicy.firstRun", false);
user_pref("app.normandy.enabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("browser.safebrowsing.malware.enabled", false);
user_pref("browser.safebrowsing.phishing.enabled", false);
user_pref("services.settings.server", "http://127.0.0.1:1/");
)";

} // namespace

Firefox::Firefox()
{
    QFile file(m_profile.filePath(u"user.js"_s));
    if (file.open(QIODevice::WriteOnly))
        file.write(preferences);
}

QString Firefox::command(const QString &url) const
{
    return u"firefox-esr --headless --no-remote --profile %1 %2"_s.arg(m_profile.path(), url);
}

void Firefox::open(const QString &url)
{
    auto words = QProcess::splitCommand(command(url));
    const auto program = words.takeFirst();
    m_program.start(program, words);
}

} // namespace weir::interop

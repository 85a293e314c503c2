// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/commandline.h"
#include "cli/unixsignals.h"
#include "publish/clienttest.h"
#include "publish/clienttestreport.h"

#include <QObject>

#include <memory>

class QFileDevice;

namespace weir::cli {

/// `weir test-client`: tells on standard error what happens and what the user has to do, and writes a report at the
/// end. A signal ends the run; the report then has what there is. Lives on the main thread.
class TestClientSession : public QObject
{
    Q_OBJECT

public:
    explicit TestClientSession(const TestClientOptions &options);
    ~TestClientSession() override;

    void start();
    int exitStatus() const { return m_exitStatus; }

Q_SIGNALS:
    void finished();

private:
    bool openOutput();
    void announce(const QUrl &url, const QUrl &page);
    void tellPhase(publish::ClientTestPhase phase);
    void take(const publish::ClientTestResult &result);
    void finish();
    void writeReport();
    bool isGood() const;

    TestClientOptions m_options;
    publish::ClientTest m_test;
    publish::ClientTestReport m_report;
    UnixSignals m_signals;
    std::unique_ptr<QFileDevice> m_output;
    QString m_address;
    bool m_isStopped = false;
    int m_exitStatus = Failure;
};

/// Runs `weir test-client` until it ends; needs a QCoreApplication. Returns an exit status.
int testClient(const TestClientOptions &options);

} // namespace weir::cli

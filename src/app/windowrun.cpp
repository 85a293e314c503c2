// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/windowrun.h"

#include "app/runreport.h"
#include "app/stallmeter.h"
#include "cli/unixsignals.h"
#include "gui/mainwindow.h"
#include "publish/publisher.h"
#include "store/eventlog.h"
#include "subscribe/ingest.h"
#include "subscribe/networkpresence.h"

#include <QApplication>
#include <QFile>
#include <QIcon>
#include <QStandardPaths>
#include <QTimer>

#include <iostream>
#include <thread>

namespace weir::app {

namespace {

QString dataFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
}

/// One run of the window: engine, publisher and window, in the order in which they depend on one another.
class WindowRun : public QObject
{
public:
    explicit WindowRun(const cli::WindowOptions &options);
    ~WindowRun() override;

    int exitStatus() const { return m_exitStatus; }

private:
    void report();
    std::vector<ReportedStream> streams() const;

    cli::WindowOptions m_options;
    store::EventLog m_log;
    subscribe::Ingest m_ingest{m_log};
    subscribe::NetworkPresence m_presence;
    publish::Publisher m_publisher;
    gui::MainWindow m_window{gui::Session{m_log, m_ingest, m_publisher, dataFolder()}};
    cli::UnixSignals m_signals;
    std::unique_ptr<StallMeter> m_stalls;
    std::thread m_saver;
    int m_exitStatus = cli::Success;
};

WindowRun::WindowRun(const cli::WindowOptions &options)
    : m_options(options)
{
    connect(&m_signals, &cli::UnixSignals::stop, qApp, &QApplication::quit);
    connect(&m_presence, &subscribe::NetworkPresence::networkChanged, &m_ingest, &subscribe::Ingest::noteNetwork);
    connect(&m_presence, &subscribe::NetworkPresence::resumed, &m_ingest, &subscribe::Ingest::noteResumed);
    if (!options.measureFile.empty())
        m_stalls = std::make_unique<StallMeter>();
    m_window.show();
    if (!options.workspaceFile.empty())
        m_window.openProfile(QFile::decodeName(QByteArray::fromStdString(options.workspaceFile)));
    for (const auto &url : options.urls)
        m_window.subscribe(url);
    if (options.demo)
        m_window.startDemo();
    if (options.quitAfter)
        QTimer::singleShot(*options.quitAfter, this, &WindowRun::report);
}

WindowRun::~WindowRun()
{
    if (m_saver.joinable())
        m_saver.join();
}

std::vector<ReportedStream> WindowRun::streams() const
{
    std::vector<ReportedStream> streams;
    for (const auto &[name, counters] : m_window.streams())
        streams.push_back({name, counters});
    return streams;
}

void WindowRun::report()
{
    const auto reported = streams();
    std::cout << streamLines(reported) << std::flush;
    RunFiles files;
    files.measureFile = m_options.measureFile;
    if (m_stalls)
        files.measurement = measurementJson(reported, m_window.shownEvents(), m_stalls->result());
    files.screenshotFile = m_options.screenshotFile;
    if (!files.screenshotFile.empty())
        files.screenshot = m_window.grab().toImage();
    // The GUI thread touches no file, not even the last one.
    m_saver = std::thread([this, files = std::move(files)] {
        const auto problems = save(files);
        for (const auto &problem : problems)
            std::cerr << "weir: " << problem << std::endl;
        m_exitStatus = problems.empty() ? cli::Success : cli::Failure;
        QMetaObject::invokeMethod(qApp, &QApplication::quit, Qt::QueuedConnection);
    });
}

} // namespace

int runWindow(const cli::WindowOptions &options)
{
    QApplication::setDesktopFileName(QStringLiteral("io.github.weir.Weir"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/weir.svg")));
    WindowRun run(options);
    const int status = QApplication::exec();
    return status != 0 ? status : run.exitStatus();
}

} // namespace weir::app

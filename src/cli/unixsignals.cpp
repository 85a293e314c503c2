// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/unixsignals.h"

#include <array>
#include <atomic>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace weir::cli {

namespace {

constexpr std::array<int, 3> handledSignals{SIGINT, SIGTERM, SIGHUP};

// A signal handler may only touch lock-free atomics and call write(); the pipe carries the news into the event loop.
std::array<int, 2> signalPipe{-1, -1};
std::atomic<bool> stopFlag{false};
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void weirSignalArrived(int number)
{
    if (number != SIGHUP)
        stopFlag.store(true, std::memory_order_relaxed);
    const auto byte = static_cast<char>(number);
    // The pipe can only be full if many signals wait to be read already: then nothing is lost by losing this one.
    [[maybe_unused]] const auto written = ::write(signalPipe[1], &byte, 1);
}

int openPipe()
{
    if (::pipe2(signalPipe.data(), O_NONBLOCK | O_CLOEXEC) != 0)
        qFatal("cannot create the pipe for signals");
    return signalPipe[0];
}

void setHandler(int number, void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    sigemptyset(&action.sa_mask);
    action.sa_flags = 0; // no SA_RESTART: a blocked write must come back
    sigaction(number, &action, nullptr);
}

/// nohup(1) asks for it.
bool isKeptIgnored(int number)
{
    struct sigaction action = {};
    sigaction(number, nullptr, &action);
    return number == SIGHUP && action.sa_handler == SIG_IGN;
}

} // namespace

UnixSignals::UnixSignals(QObject *parent)
    : QObject(parent)
    , m_notifier(openPipe(), QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, &UnixSignals::read);
    for (const int number : handledSignals) {
        if (!isKeptIgnored(number))
            setHandler(number, weirSignalArrived);
    }
    setHandler(SIGPIPE, SIG_IGN);
    setHandler(SIGTTIN, SIG_IGN);
}

UnixSignals::~UnixSignals()
{
    for (const int number : handledSignals) {
        if (!isKeptIgnored(number))
            setHandler(number, SIG_DFL);
    }
    m_notifier.setEnabled(false);
    for (int &descriptor : signalPipe) {
        ::close(descriptor);
        descriptor = -1;
    }
    stopFlag = false;
}

bool UnixSignals::stopRequested()
{
    return stopFlag.load(std::memory_order_relaxed);
}

void UnixSignals::read()
{
    char number = 0;
    while (::read(signalPipe[0], &number, 1) == 1) {
        if (number == SIGHUP)
            Q_EMIT hangup();
        else
            Q_EMIT stop();
    }
}

} // namespace weir::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/channelset.h"

#include <QTimer>

#include <chrono>
#include <memory>
#include <random>
#include <vector>

namespace weir::publish {

/// Writes what a demo channel says; knows no clock. The same seed gives the same text.
class DemoVoice
{
public:
    virtual ~DemoVoice() = default;
    struct Line
    {
        sse::Message message;
        std::chrono::milliseconds pause; ///< until the next one
    };
    virtual Line next() = 0;
};

/// A steady ticker: trades of a few symbols as JSON, prices on a random walk.
std::unique_ptr<DemoVoice> makePricesVoice(unsigned seed);
/// An irregular service log: types info, warning, error and debug, some with stack traces of several lines.
std::unique_ptr<DemoVoice> makeLogVoice(unsigned seed);
/// A chat model's answers: bursts of `delta` events with pieces of text as JSON, then `done`, then a pause.
std::unique_ptr<DemoVoice> makeChatVoice(unsigned seed);

/// The three demo channels: /demo/prices, /demo/log, /demo/chat. Publisher thread only.
class Demo : public QObject
{
    Q_OBJECT

public:
    explicit Demo(ChannelSet &channels, QObject *parent = nullptr);
    void start();
    void stop();

private:
    struct Speaker
    {
        Channel *channel;
        std::unique_ptr<DemoVoice> voice;
        std::unique_ptr<QTimer> timer;
    };
    void add(Channel *channel, std::unique_ptr<DemoVoice> voice);
    static void speak(Speaker &speaker);

    std::vector<std::unique_ptr<Speaker>> m_speakers;
};

} // namespace weir::publish

// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/demo.h"

namespace weir::publish {

using namespace std::chrono_literals;

Demo::Demo(ChannelSet &channels, QObject *parent)
    : QObject(parent)
{
    std::random_device seed;
    add(channels.findOrAdd(QStringLiteral("/demo/prices")), makePricesVoice(seed()));
    add(channels.findOrAdd(QStringLiteral("/demo/log")), makeLogVoice(seed()));
    add(channels.findOrAdd(QStringLiteral("/demo/chat")), makeChatVoice(seed()));
}

void Demo::add(Channel *channel, std::unique_ptr<DemoVoice> voice)
{
    auto speaker = std::make_unique<Speaker>(Speaker{channel, std::move(voice), std::make_unique<QTimer>()});
    speaker->timer->setSingleShot(true);
    speaker->timer->setTimerType(Qt::PreciseTimer);
    connect(speaker->timer.get(), &QTimer::timeout, this, [raw = speaker.get()] { speak(*raw); });
    m_speakers.push_back(std::move(speaker));
}

void Demo::start()
{
    for (const auto &speaker : m_speakers) {
        if (!speaker->timer->isActive())
            speaker->timer->start(0ms);
    }
}

void Demo::stop()
{
    for (const auto &speaker : m_speakers)
        speaker->timer->stop();
}

void Demo::speak(Speaker &speaker)
{
    DemoVoice::Line line = speaker.voice->next();
    speaker.channel->send(std::move(line.message), true);
    speaker.timer->start(line.pause);
}

} // namespace weir::publish

// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/production.h"
#include "publish/scenariorun.h"
#include "publish/scenariosteps.h"
#include "publish/sinkproduction.h"
#include "publish/textpieces.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cmath>

namespace weir::publish {

namespace {

/// "At once": no faster than one frame after the other goes out.
constexpr double burstRate = 1e12;
/// So much is the timer's doing and must not add up; more is somebody's who held the run up.
constexpr std::chrono::milliseconds slightlyLate{50};
// Stand for the piece in a compiled template; no text that a person writes has them.
constexpr std::string_view pieceMark = "\x01\x02piece\x02\x01";
constexpr std::string_view jsonPieceMark = "\x01\x02json\x02\x01";

std::chrono::duration<double> inMilliseconds(double count)
{
    return std::chrono::duration<double, std::milli>(count);
}

void replaceAll(std::string &text, std::string_view mark, std::string_view with)
{
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + with.size()))
        text.replace(at, mark.size(), with);
}

sse::Message messageOf(const Step &step)
{
    sse::Message message;
    message.type = textOf(step, "type").toStdString();
    message.data = textOf(step, "data").toStdString();
    if (textOf(step, "ids") == u"own")
        message.id = textOf(step, "id").toStdString();
    if (step.kind == StepKind::Pieces) {
        replaceAll(*message.data, "{{piece json}}", jsonPieceMark);
        replaceAll(*message.data, "{{piece}}", pieceMark);
    }
    return message;
}

Pacer::Plan paceOf(const Step &step)
{
    Pacer::Plan plan;
    plan.eventsPerSecond = numberOf(step, "rate");
    plan.count = static_cast<std::uint64_t>(numberOf(step, "count"));
    if (step.kind == StepKind::Burst && plan.eventsPerSecond <= 0)
        plan.eventsPerSecond = burstRate;
    if (step.kind == StepKind::Generate) {
        plan.duration = inMilliseconds(numberOf(step, "ms"));
        const bool isRandom = textOf(step, "spacing") == u"random";
        plan.spacing = isRandom ? Pacer::Spacing::Random : Pacer::Spacing::Even;
    }
    return plan;
}

/// How long it takes if nothing holds it up; 0 where that is not known before.
Pacer::Time lengthOf(const Pacer::Plan &plan)
{
    const Pacer::Time byCount{static_cast<double>(plan.count) / plan.eventsPerSecond};
    if (plan.spacing == Pacer::Spacing::Random || plan.count == 0)
        return plan.count == 0 ? plan.duration : Pacer::Time{0};
    return plan.duration > Pacer::Time{0} ? std::min(byCount, plan.duration) : byCount;
}

} // namespace

void ScenarioRun::begin(const Step &step)
{
    m_waiting = Waiting::Nothing;
    switch (step.kind) {
    case StepKind::Send:
        return sendEvent(step);
    case StepKind::Raw:
        return sendBytes(bytesOf(step, "bytes"));
    case StepKind::Comment:
        return sendComment(textOf(step, "text"));
    case StepKind::Pieces:
        return beginPieces(step);
    case StepKind::Silence:
        m_stage->setSilent(true);
        [[fallthrough]];
    case StepKind::Wait:
        return beginWait(step);
    case StepKind::Burst:
    case StepKind::Generate:
        return beginProduction(step);
    case StepKind::Retry:
        return sendRetry(step);
    case StepKind::Drop:
        m_hasResumed = false;
        return m_stage->drop(textOf(step, "how") == u"reset", textOf(step, "who") == u"one");
    case StepKind::Answer:
    case StepKind::Faults:
        return setFaults(step);
    case StepKind::WaitClients:
        m_waiting = Waiting::Clients;
        return;
    case StepKind::WaitResume:
        m_waiting = Waiting::Resume;
        return;
    case StepKind::Repeat:
        return; // never a step of its own: see ScenarioWalk
    }
}

MessageTemplate *ScenarioRun::templateOf(const Step &step)
{
    const auto known = m_templates.find(&step);
    if (known != m_templates.end())
        return &known->second;
    QString error;
    auto compiled = MessageTemplate::compile(messageOf(step), error);
    if (!compiled) {
        fail(error);
        return nullptr;
    }
    return &m_templates.emplace(&step, std::move(*compiled)).first->second;
}

void ScenarioRun::send(const sse::Message &message, bool automaticId)
{
    m_events += message.data ? 1U : 0U;
    // A hub answers when the run has gone on.
    const QString step = m_stage->isHub() ? currentName() : QString();
    m_stage->sink().send(message, automaticId, [this, step](const EventSink::Answer &answer) {
        if (answer.problem.isEmpty())
            return;
        if (step.isEmpty())
            fail(answer.problem);
        else
            end(tr("Step %1: %2").arg(step, answer.problem));
    });
}

void ScenarioRun::sendEvent(const Step &step)
{
    if (MessageTemplate *message = templateOf(step))
        send(message->render(m_events + 1), textOf(step, "ids") == u"auto");
}

void ScenarioRun::sendBytes(const QByteArray &bytes)
{
    m_stage->sink().sendBytes(bytes, [this](const EventSink::Answer &answer) {
        if (!answer.problem.isEmpty())
            fail(answer.problem);
    });
}

void ScenarioRun::sendComment(const QString &text)
{
    sse::Message message;
    message.comment = text.toStdString();
    send(message, false);
}

void ScenarioRun::sendRetry(const Step &step)
{
    sse::Message message;
    message.retry = std::chrono::milliseconds(std::llround(numberOf(step, "ms")));
    send(message, false);
}

ScenarioRun::Seconds ScenarioRun::drawPause(const Step &step)
{
    const double least = numberOf(step, "ms");
    const QString how = step.kind == StepKind::Pieces ? QStringLiteral("random") : textOf(step, "how");
    if (how == u"random")
        return inMilliseconds(std::uniform_real_distribution(least, numberOf(step, "toMs"))(m_random));
    if (how == u"exponential" && least > 0)
        return inMilliseconds(std::exponential_distribution(1 / least)(m_random));
    return inMilliseconds(least);
}

void ScenarioRun::beginWait(const Step &step)
{
    m_due += drawPause(step);
    m_waiting = Waiting::Time;
}

void ScenarioRun::beginPieces(const Step &step)
{
    m_pieces = textPieces(textOf(step, "text"), textOf(step, "pieces"));
    m_nextPiece = 0;
    m_waiting = Waiting::Pieces;
}

bool ScenarioRun::sendNextPiece()
{
    const Step &step = *m_walk.current();
    MessageTemplate *compiled = templateOf(step);
    if (!compiled)
        return false;
    const QString piece = m_pieces[m_nextPiece++];
    sse::Message message = compiled->render(m_events + 1);
    const QByteArray list = QJsonDocument(QJsonArray{piece}).toJson(QJsonDocument::Compact);
    replaceAll(*message.data, jsonPieceMark, list.mid(1, list.size() - 2).toStdString());
    replaceAll(*message.data, pieceMark, piece.toStdString());
    send(message, textOf(step, "ids") == u"auto");
    m_due += drawPause(step);
    return isGoing();
}

void ScenarioRun::beginProduction(const Step &step)
{
    const Pacer::Plan plan = paceOf(step);
    QString error;
    m_production = productionOf(step, plan, error);
    if (!m_production)
        return fail(error);
    m_hasCompleted = false;
    m_waiting = Waiting::Production;
    const Seconds now = m_clock.elapsed();
    m_due = (now - m_due < slightlyLate ? m_due : now) + lengthOf(plan);
    connect(m_production.get(), &Production::failed, this, &ScenarioRun::fail);
    connect(
        m_production.get(), &Production::completed, this,
        [this] {
            m_hasCompleted = true;
            turn();
        },
        Qt::QueuedConnection);
    if (const Channel *channel = m_stage->wholeChannel())
        connect(channel, &Channel::closed, m_production.get(), [this, channel] { fail(channel->refusal({})); });
    m_production->start();
}

std::unique_ptr<Production> ScenarioRun::productionOf(const Step &step, const Pacer::Plan &plan, QString &error)
{
    if (Channel *channel = m_stage->wholeChannel()) {
        if (!channel->isOpen()) {
            error = channel->refusal({});
            return nullptr;
        }
        auto eventTemplate = EventTemplate::compile(
            channel->idPrefix(), textOf(step, "type").toUtf8(), textOf(step, "data").toUtf8(), error);
        if (!eventTemplate)
            return nullptr;
        Generator::Plan generatorPlan;
        generatorPlan.pace = plan;
        if (step.kind == StepKind::Generate && plan.eventsPerSecond <= 0)
            generatorPlan = {std::nullopt, plan.count};
        generatorPlan.firstSeq = m_events + 1;
        return std::make_unique<Generator>(*channel, generatorPlan, std::move(*eventTemplate), m_stage->bounds());
    }
    auto message = MessageTemplate::compile(messageOf(step), error);
    if (!message)
        return nullptr;
    return std::make_unique<SinkProduction>(m_stage->sink(), plan, std::move(*message), m_events + 1);
}

void ScenarioRun::setFaults(const Step &step)
{
    FaultPlan plan;
    QString error;
    if (step.kind == StepKind::Answer) {
        error = plan.set(Fault::Status, {{QStringLiteral("status"), static_cast<int>(numberOf(step, "status"))}});
    } else {
        const QJsonObject object = step.values.value(QLatin1String("faults")).toObject();
        if (auto read = FaultPlan::fromJson(QJsonDocument(object).toJson(), &error))
            plan = *read;
    }
    if (!error.isEmpty())
        return fail(error);
    m_stage->setFaults(plan, static_cast<int>(numberOf(step, "connections")));
}

} // namespace weir::publish

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "publish/clienttestscript.h"
#include "publish/httprequest.h"

#include <QObject>
#include <QTcpSocket>
#include <QTimer>

namespace weir::publish {

/// A connection of a client under test: reads its requests and plays scripts, with every byte under control. Deletes
/// itself when the connection is gone. Thread of the test.
class ClientTestConnection : public QObject
{
    Q_OBJECT

public:
    /// Takes the descriptor.
    explicit ClientTestConnection(qintptr descriptor, QObject *parent);
    ~ClientTestConnection() override; ///< hangs up and tells nothing

    /// The number of the answer that is being given, as the owner counts; -1: none.
    int answer() const { return m_answer; }
    /// Answers the last request. `usualEnd`: what AnswerEnd::Usual means. `moreFields`: whole lines for every head.
    void play(int answer, const ClientTestScript &script, AnswerEnd usualEnd, const QByteArray &moreFields);
    /// Hangs up at once.
    void drop();

Q_SIGNALS:
    void requested(const weir::publish::Request &request, const QByteArray &head);
    /// It has sent more than an event source ever would while it had to wait; the connection is dropped.
    void flooded(qsizetype bytes);
    void malformed(const QByteArray &bytes, int status); ///< no request by RFC 9112; the connection ends
    void sent(int answer, const QByteArray &bytes);      ///< a step of a script
    /// The last byte has been handed over and, unless it is kept alive, the connection ended.
    void answerEnded(int answer, weir::publish::AnswerEnd end);
    void closedByClient(int answer); ///< -1: between answers

private:
    void read();
    void readRequest();
    void playOn();
    void send(const QByteArray &bytes);
    void finish();
    void noteWritten();
    void noteDisconnected();

    QTcpSocket m_socket;
    RequestParser m_parser;
    QByteArray m_input;
    QByteArray m_head; ///< bytes of the request being read, for evidence; not all of a long one
    QList<ClientTestScript::Step> m_steps;
    QTimer m_pause;
    AnswerEnd m_end = AnswerEnd::Clean;
    int m_answer = -1;
    bool m_isByteByByte = false;
    bool m_isEnding = false;
    bool m_isDropped = false;
};

} // namespace weir::publish

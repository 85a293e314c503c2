// SPDX-License-Identifier: GPL-3.0-or-later
#include "publish/armedfaults.h"

#include <algorithm>

namespace weir::publish {

namespace {

/// Chains of redirects that are remembered at a time; a client that comes back later gets the plain stream.
constexpr std::size_t maxChains = 1000;
const QByteArray hopName = "weir-hop=";

bool redirects(const FaultPlan &plan)
{
    return plan.has(Fault::Redirect) || plan.has(Fault::RedirectLoop);
}

} // namespace

int ArmedFaults::arm(const QString &path, int connections, const FaultPlan &plan)
{
    m_armed.append({++m_lastNumber, path, connections, plan});
    Q_EMIT changed(m_armed);
    return m_lastNumber;
}

void ArmedFaults::disarm(int number)
{
    if (m_armed.removeIf([number](const ArmedFault &one) { return one.number == number; }) > 0)
        Q_EMIT changed(m_armed);
}

void ArmedFaults::clear()
{
    m_redirected.clear();
    if (m_armed.isEmpty())
        return;
    m_armed.clear();
    Q_EMIT changed(m_armed);
}

std::optional<ArmedFaults::Assignment> ArmedFaults::take(const Request &request)
{
    if (auto known = redirected(request))
        return known;
    const QString path = QString::fromUtf8(request.path);
    const auto found = std::find_if(
        m_armed.begin(), m_armed.end(), [&](const ArmedFault &one) { return one.path.isEmpty() || one.path == path; });
    if (found == m_armed.end())
        return std::nullopt;
    Assignment assignment{found->plan, 0, 0};
    if (--found->remaining == 0)
        m_armed.erase(found);
    if (redirects(assignment.plan)) {
        assignment.chain = ++m_lastChain;
        m_redirected.push_back({assignment.chain, assignment.plan});
        if (m_redirected.size() > maxChains)
            m_redirected.pop_front();
    }
    Q_EMIT changed(m_armed);
    return assignment;
}

QByteArray ArmedFaults::hopField(int chain, int hop)
{
    return hopName + QByteArray::number(chain) + '.' + QByteArray::number(hop);
}

std::optional<ArmedFaults::Assignment> ArmedFaults::redirected(const Request &request) const
{
    if (m_redirected.empty() || !request.query.contains(hopName))
        return std::nullopt;
    for (const QByteArray &field : request.query.split('&')) {
        if (!field.startsWith(hopName))
            continue;
        const QList<QByteArray> numbers = field.mid(hopName.size()).split('.');
        const int chain = numbers.value(0).toInt();
        const auto found = std::find_if(
            m_redirected.begin(), m_redirected.end(), [chain](const Chain &one) { return one.number == chain; });
        if (found != m_redirected.end())
            return Assignment{found->plan, chain, numbers.value(1).toInt()};
    }
    return std::nullopt;
}

} // namespace weir::publish

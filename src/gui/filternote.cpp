// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/filternote.h"

#include <chrono>

namespace weir::gui {

using namespace std::chrono_literals;

FilterNote::FilterNote(QWidget *parent)
    : InlineNote(parent)
{
    m_remarkTime.setSingleShot(true);
    m_remarkTime.setInterval(10s);
    connect(&m_remarkTime, &QTimer::timeout, this, &FilterNote::dropRemark);
}

void FilterNote::setError(const QString &error)
{
    m_error = error;
    show();
}

void FilterNote::setTroubles(const QString &troubles)
{
    m_troubles = troubles;
    show();
}

void FilterNote::remark(const QString &text)
{
    m_remark = text;
    m_remarkTime.start();
    show();
}

void FilterNote::dropRemark()
{
    m_remark.clear();
    m_remarkTime.stop();
    show();
}

void FilterNote::show()
{
    if (!m_error.isEmpty())
        say(Meaning::Error, m_error);
    else if (!m_remark.isEmpty())
        say(Meaning::Secondary, m_remark);
    else
        say(Meaning::Error, m_troubles);
}

} // namespace weir::gui

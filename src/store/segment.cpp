// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/segment.h"

namespace weir::store {

// for_overwrite: pages that nobody writes to are never touched, so a segment costs only what it holds.
Segment::Segment(Capacity capacity)
    : m_capacity(capacity)
    , m_records(std::make_unique_for_overwrite<Record[]>(capacity.records))
    , m_reads(std::make_unique_for_overwrite<Read[]>(capacity.records))
    , m_connections(std::make_unique<Connection[]>(capacity.connections()))
    , m_bytes(std::make_unique_for_overwrite<char[]>(capacity.bytes))
{
    noteUse(0, 0, 0);
}

void Segment::noteUse(std::uint32_t records, std::uint32_t reads, std::size_t bytes)
{
    m_recordsTouched = std::max(m_recordsTouched, records);
    m_readsTouched = std::max(m_readsTouched, reads);
    m_bytesTouched = std::max(m_bytesTouched, bytes);
    m_resident = sizeof(Segment) + m_capacity.connections() * sizeof(Connection) + m_recordsTouched * sizeof(Record) +
                 m_readsTouched * sizeof(Read) + m_bytesTouched;
}

} // namespace weir::store

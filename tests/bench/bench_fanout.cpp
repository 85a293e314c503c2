// SPDX-License-Identifier: GPL-3.0-or-later
// The other end of a fan-out: many clients on one event stream, in one thread that costs as little as it can, so that
// the server is what is measured. Prints one line of JSON when all clients have their stream and one at the end.
// Usage: bench_fanout PORT PATH CLIENTS EVENTS [--stalled N] [--post PATH RATE [TOKEN]] [--seconds S]
//   EVENTS    ends when every client has had so many
//   --stalled so many more clients that never read
//   --post    publishes EVENTS by HTTP itself, at a rate, or with 0 as fast as answers come over eight connections;
//             the data is the monotonic clock in nanoseconds, from which the delay of each delivery follows
//   --seconds gives up after that
#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using Clock = std::chrono::steady_clock;

struct Options
{
    int port = 0;
    std::string path;
    int clients = 0;
    long events = 0;
    int stalled = 0;
    std::string postPath;
    double rate = -1; ///< negative: publishes nothing
    std::string token;
    double seconds = 60;
};

[[noreturn]] void fail(const char *what)
{
    std::perror(what);
    std::exit(1);
}

std::int64_t now()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now().time_since_epoch()).count();
}

int connectTo(int port)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0)
        fail("socket");
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        fail("connect");
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return socket;
}

void sendAll(int socket, const std::string &text)
{
    if (::send(socket, text.data(), text.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(text.size()))
        fail("send");
}

void setNonBlocking(int socket)
{
    ::fcntl(socket, F_SETFL, ::fcntl(socket, F_GETFL) | O_NONBLOCK);
}

/// Counts the events of a stream without parsing it: a block of the servers measured here has one data line, so
/// `data:` at the beginning of a line is an event. The stamp behind it is read if there is one.
class Client
{
public:
    bool hasHead = false;
    long events = 0;

    void take(std::string_view bytes, std::vector<std::int64_t> &delays)
    {
        if (!m_rest.empty()) {
            m_rest.append(bytes);
            bytes = m_rest;
        }
        if (!hasHead) {
            hasHead = bytes.find("\r\n\r\n") != std::string_view::npos;
            if (hasHead && bytes.substr(0, 12) != "HTTP/1.1 200")
                fail("no stream");
        }
        m_rest = std::string(count(bytes, delays));
    }

private:
    /// Answers what may be the beginning of a line that is not complete.
    std::string_view count(std::string_view bytes, std::vector<std::int64_t> &delays)
    {
        std::size_t place = 0;
        while (true) {
            const std::size_t found = bytes.find("\ndata:", place);
            if (found == std::string_view::npos)
                return bytes.substr(std::max(place, bytes.size() - std::min<std::size_t>(bytes.size(), 5)));
            const std::size_t end = bytes.find('\n', found + 6);
            if (end == std::string_view::npos)
                return bytes.substr(found);
            ++events;
            note(bytes.substr(found + 6, end - found - 6), delays);
            place = end;
        }
    }

    static void note(std::string_view data, std::vector<std::int64_t> &delays)
    {
        data.remove_prefix(data.starts_with(' ') ? 1 : 0);
        std::int64_t stamp = 0;
        const auto result = std::from_chars(data.data(), data.data() + data.size(), stamp);
        if (result.ec == std::errc() && stamp > 1'000'000'000'000)
            delays.push_back(now() - stamp);
    }

    std::string m_rest;
};

/// Publishes by HTTP over connections that stay open. At a rate the connections take turns without waiting for answers.
class Poster
{
public:
    explicit Poster(const Options &options)
        : m_options(options)
        , m_begin(Clock::now())
    {
        for (auto &lane : m_lanes) {
            lane.socket = connectTo(options.port);
            setNonBlocking(lane.socket);
        }
    }

    /// Sends what is due and reads answers. Answers false when nothing could be done.
    bool advance()
    {
        bool hasWorked = false;
        for (auto &lane : m_lanes) {
            hasWorked |= readAnswers(lane);
            while (m_sent < m_options.events && mayPost(lane)) {
                post(lane);
                hasWorked = true;
            }
        }
        return hasWorked;
    }

private:
    struct Lane
    {
        int socket = -1;
        int open = 0;
    };

    bool mayPost(const Lane &lane) const
    {
        if (m_options.rate == 0)
            return lane.open == 0;
        const std::chrono::duration<double> elapsed = Clock::now() - m_begin;
        return lane.open < 64 && static_cast<double>(m_sent) < elapsed.count() * m_options.rate;
    }

    void post(Lane &lane)
    {
        // As long as the events that the generators send.
        std::string body = std::to_string(now());
        body.append(113 - std::min<std::size_t>(body.size(), 113), '.');
        std::string text =
            "POST " + m_options.postPath + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\n";
        if (!m_options.token.empty())
            text += "Authorization: Bearer " + m_options.token + "\r\n";
        text += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
        sendAll(lane.socket, text);
        ++lane.open;
        ++m_sent;
    }

    bool readAnswers(Lane &lane)
    {
        std::array<char, 16384> buffer;
        const ssize_t size = ::recv(lane.socket, buffer.data(), buffer.size(), 0);
        if (size == 0)
            fail("the publishing connection was closed");
        if (size < 0)
            return false;
        std::string_view text(buffer.data(), static_cast<std::size_t>(size));
        for (std::size_t at = text.find("HTTP/1.1 "); at != text.npos; at = text.find("HTTP/1.1 ", at + 9)) {
            if (text.substr(at + 9, 1) != "2")
                fail("publishing was refused");
            --lane.open;
        }
        return true;
    }

    const Options &m_options;
    Clock::time_point m_begin;
    std::array<Lane, 8> m_lanes;
    long m_sent = 0;
};

class Fanout
{
public:
    explicit Fanout(Options options)
        : m_options(std::move(options))
        , m_clients(static_cast<std::size_t>(m_options.clients))
        , m_epoll(::epoll_create1(EPOLL_CLOEXEC))
    {}

    int run()
    {
        const std::string request =
            "GET " + m_options.path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n";
        for (int i = 0; i < m_options.stalled; ++i)
            sendAll(connectTo(m_options.port), request);
        for (std::uint32_t i = 0; i < m_clients.size(); ++i)
            open(i, request);
        const auto deadline = Clock::now() + std::chrono::milliseconds(static_cast<long>(m_options.seconds * 1000));
        while (m_heads < m_options.clients && Clock::now() < deadline)
            readAll(100);
        std::printf("{\"ready\":%d}\n", m_heads);
        std::fflush(stdout);
        deliver(deadline);
        report();
        return m_complete == m_options.clients ? 0 : 1;
    }

private:
    void open(std::uint32_t index, const std::string &request)
    {
        const int socket = connectTo(m_options.port);
        sendAll(socket, request);
        setNonBlocking(socket);
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = (std::uint64_t{index} << 32) | static_cast<std::uint32_t>(socket);
        ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, socket, &event);
    }

    void deliver(Clock::time_point deadline)
    {
        const bool posts = m_options.rate >= 0;
        std::unique_ptr<Poster> poster = posts ? std::make_unique<Poster>(m_options) : nullptr;
        while (m_complete < m_options.clients && Clock::now() < deadline) {
            const bool hasPosted = poster && poster->advance();
            readAll(poster ? (hasPosted ? 0 : 1) : 100);
        }
    }

    void readAll(int timeout)
    {
        std::array<epoll_event, 256> events;
        const int count = ::epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()), timeout);
        for (int i = 0; i < count; ++i)
            read(events[static_cast<std::size_t>(i)].data.u64);
    }

    void read(std::uint64_t key)
    {
        Client &client = m_clients[key >> 32];
        const ssize_t size = ::recv(static_cast<int>(key & 0xffffffff), m_buffer.data(), m_buffer.size(), 0);
        if (size == 0 && client.events < m_options.events)
            fail("a stream ended early");
        if (size <= 0)
            return;
        const long before = client.events;
        const bool hadHead = client.hasHead;
        client.take({m_buffer.data(), static_cast<std::size_t>(size)}, m_delays);
        m_heads += client.hasHead && !hadHead ? 1 : 0;
        if (client.events > before) {
            m_last = Clock::now();
            if (m_deliveries == 0)
                m_first = m_last;
        }
        m_deliveries += client.events - before;
        if (before < m_options.events && client.events >= m_options.events)
            ++m_complete;
    }

    double percentile(double part)
    {
        if (m_delays.empty())
            return 0;
        const auto place = static_cast<std::size_t>(part * static_cast<double>(m_delays.size() - 1));
        std::nth_element(m_delays.begin(), m_delays.begin() + static_cast<std::ptrdiff_t>(place), m_delays.end());
        return static_cast<double>(m_delays[place]) / 1e6;
    }

    void report()
    {
        const double seconds = std::chrono::duration<double>(m_last - m_first).count();
        std::printf("{\"clients\":%d,\"complete\":%d,\"deliveries\":%ld,\"seconds\":%.3f,\"perSecond\":%.0f,"
                    "\"p50Ms\":%.2f,\"p99Ms\":%.2f,\"p999Ms\":%.2f,\"maxMs\":%.2f}\n",
            m_options.clients, m_complete, m_deliveries, seconds,
            static_cast<double>(m_deliveries) / std::max(seconds, 1e-9), percentile(0.5), percentile(0.99),
            percentile(0.999), percentile(1));
    }

    Options m_options;
    std::vector<Client> m_clients;
    int m_epoll;
    std::array<char, 256 << 10> m_buffer;
    std::vector<std::int64_t> m_delays;
    int m_heads = 0;
    int m_complete = 0;
    long m_deliveries = 0;
    Clock::time_point m_first;
    Clock::time_point m_last;
};

Options parse(int argc, char **argv)
{
    if (argc < 5) {
        std::fputs(
            "usage: bench_fanout PORT PATH CLIENTS EVENTS [--stalled N] [--post PATH RATE [TOKEN]] [--seconds S]\n",
            stderr);
        std::exit(2);
    }
    Options options;
    options.port = std::atoi(argv[1]);
    options.path = argv[2];
    options.clients = std::atoi(argv[3]);
    options.events = std::atol(argv[4]);
    for (int i = 5; i + 1 < argc; ++i) {
        const std::string_view word = argv[i];
        if (word == "--stalled") {
            options.stalled = std::atoi(argv[++i]);
        } else if (word == "--seconds") {
            options.seconds = std::atof(argv[++i]);
        } else if (word == "--post" && i + 2 < argc) {
            options.postPath = argv[++i];
            options.rate = std::atof(argv[++i]);
            if (i + 1 < argc && argv[i + 1][0] != '-')
                options.token = argv[++i];
        }
    }
    return options;
}

} // namespace

int main(int argc, char **argv)
{
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    static Fanout fanout(parse(argc, argv));
    return fanout.run();
}

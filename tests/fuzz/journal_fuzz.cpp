// The reader of journals: whatever lies in two segments, it ends, never goes back, gives only
// records that are whole, and the journal itself sees the same up to the first damage. The
// input is what the segments hold; each frame's checksum and position are put right first, where
// the byte behind its kind says so: the fuzzer would hardly ever find a checksum by itself.
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "fuzz/fuzz_input.hpp"
#include "journal/journal.hpp"
#include "journal/journal_reader.hpp"
#include "journal/mapped_file.hpp"
#include "journal/segment_format.hpp"

namespace {

using namespace broker;
using namespace broker::journal;

constexpr std::size_t kSegmentBytes = 4096;
constexpr std::size_t kSegments = 2;

// The segments of one journal, made once and filled anew for each input.
class Segments {
public:
    Segments() {
        std::string name =
            (std::filesystem::temp_directory_path() / "journal-fuzz-XXXXXX").string();
        fuzz::require(::mkdtemp(name.data()) != nullptr, "a directory can be made");
        directory_ = name;
        for (std::uint64_t index = 0; index < kSegments; ++index) {
            auto file = MappedFile::create(segment_path(directory_, index),
                                           segment_identity("A", index), kSegmentBytes);
            fuzz::require(file.has_value(), "a segment can be made");
            files_.push_back(std::make_unique<MappedFile>(std::move(*file)));
        }
    }
    ~Segments() {
        std::error_code ignored;
        std::filesystem::remove_all(directory_, ignored);
    }
    Segments(const Segments&) = delete;
    Segments& operator=(const Segments&) = delete;

    void fill(const std::uint8_t* data, std::size_t size) {
        std::vector<char> log(kSegments * kSegmentBytes);
        std::memcpy(log.data(), data, std::min(size, log.size()));
        mend(log);
        for (std::size_t index = 0; index < kSegments; ++index) {
            std::memcpy(files_[index]->data().data(), log.data() + index * kSegmentBytes,
                        kSegmentBytes);
        }
    }
    [[nodiscard]] const std::filesystem::path& directory() const { return directory_; }

private:
    static void mend(std::vector<char>& log) {
        for (std::size_t at = 0; at + sizeof(Frame) <= log.size();) {
            Frame frame;
            std::memcpy(&frame, log.data() + at, sizeof frame);
            const std::size_t rest = kSegmentBytes - at % kSegmentBytes;
            const bool is_frame = frame.must_be_zero[0] == 0 && rest >= sizeof frame;
            if (!is_frame || frame.kind == 0) {
                at += kAlignment;
                continue;
            }
            frame.size %= 200;
            if (frame.size > rest - sizeof frame) {
                at += kAlignment;
                continue;
            }
            frame.position = at;
            frame.crc = crc_of(frame, {log.data() + at + sizeof frame, frame.size});
            std::memcpy(log.data() + at, &frame, sizeof frame);
            at += frame.kind == kEndOfSegment ? rest : frame_bytes(frame.size);
        }
    }

    std::filesystem::path directory_;
    std::vector<std::unique_ptr<MappedFile>> files_;
};

struct Seen {
    std::vector<Position> positions;
    bool is_damaged = false;
};

Seen read_all(JournalReader& reader) {
    Seen seen;
    Position last = 0;
    for (Position position = 0;;) {
        const ReadEnd end = reader.read(position, [&](const Record& record) {
            fuzz::require(record.position >= last && record.next > record.position,
                          "records come in order");
            fuzz::require(record.payload.size() < record.next - record.position,
                          "a record's payload lies within it");
            unsigned sum = 0;
            for (const char c : record.payload) sum += static_cast<unsigned char>(c);
            fuzz::require(sum <= record.payload.size() * 255, "the payload can be read");
            last = record.next;
            seen.positions.push_back(record.position);
            return true;
        });
        fuzz::require(end.position >= position, "reading never goes back");
        if (!end.damage) {
            fuzz::require(end.is_end, "only the end or damage ends it");
            (void)reader.has_torn_record(end.position);
            return seen;
        }
        seen.is_damaged = true;
        fuzz::require(end.damage->resume > position || position == 0, "damage is passed over");
        position = end.damage->resume;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Segments segments;
    segments.fill(data, size);
    auto reader = JournalReader::open(segments.directory());
    fuzz::require(reader.has_value(), "the first pages are sound");
    const Seen seen = read_all(*reader);
    // The journal cuts off what lies behind the first damage, since nothing here is known to have
    // been durable; so it comes last.
    std::filesystem::remove(segments.directory() / "header");
    auto journal = Journal::open({segments.directory(), "A", kSegmentBytes, 1024});
    fuzz::require(journal.has_value(), "what was never durable is no error");
    std::vector<Position> positions;
    const auto read = (*journal)->read(0, [&](const Record& record) {
        positions.push_back(record.position);
        return true;
    });
    fuzz::require(read.has_value(), "what it has opened it can read");
    fuzz::require(positions.size() <= seen.positions.size() &&
                      std::equal(positions.begin(), positions.end(), seen.positions.begin()),
                  "the same records, from the beginning on");
    fuzz::require(seen.is_damaged || positions.size() == seen.positions.size(),
                  "all of them where there is no damage");
    return 0;
}

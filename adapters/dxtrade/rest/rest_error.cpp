#include "dxtrade/rest/rest_error.hpp"

#include <algorithm>
#include <array>

#include "dxtrade/json/json_reader.hpp"
#include "dxtrade/json/object_reader.hpp"
#include "dxtrade/json/scalars.hpp"

namespace broker::dxtrade::rest {
namespace {

using core::Reason;

constexpr std::size_t kMaxDescription = 200;
constexpr std::size_t kMaxErrorCode = 20;

bool contains_in_any_case(std::string_view text, std::string_view lower_case) {
    const auto is_same = [](char a, char b) {
        return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b;
    };
    return std::search(text.begin(), text.end(), lower_case.begin(), lower_case.end(), is_same) !=
           text.end();
}

// Of a page, what a person would see of it is of no use in a log.
bool looks_like_html(std::string_view content_type, std::string_view body) {
    if (contains_in_any_case(content_type, "html")) return true;
    const std::size_t begin = body.find_first_not_of(" \t\r\n");
    return begin != std::string_view::npos && body[begin] == '<';
}

// One row: an answer and what it proves. Empty code: any. The first row that fits counts.
struct Row {
    unsigned status;
    std::string_view error_code;
    Verdict verdict;
};

constexpr std::array kNewOrderRows{
    Row{409, "100", {Proof::Exists, Reason::DuplicateClOrdID}},
    Row{404, "2", {Proof::Refused, Reason::RestNotPermitted}},
};
constexpr std::array kChangeRows{
    Row{409, "1005", {Proof::OrderFinal, Reason::OrderFinal}},
    Row{404, "2", {Proof::OrderUnknown, Reason::OrderUnknown}},
};
constexpr std::array kLoginRows{
    Row{401, "", {Proof::LoginRefused, Reason::RestLoginRefused}},
};
constexpr std::array kRows{
    Row{401, "3", {Proof::LoginRefused, Reason::RestLoginRefused}},
    Row{401, "", {Proof::SessionExpired, Reason::RestSessionExpired}},
    Row{403, "99", {Proof::PreconditionMissing, Reason::RequestRejected}},
    Row{403, "", {Proof::NotPermitted, Reason::RestNotPermitted}},
    Row{404, "", {Proof::NotPermitted, Reason::RestNotPermitted}},
    Row{412, "", {Proof::PreconditionStale, Reason::RequestRejected}},
    Row{429, "", {Proof::Throttled, Reason::HttpThrottled}},
    Row{405, "", {Proof::Refused, Reason::RequestRejected}},
    Row{406, "", {Proof::Refused, Reason::RequestRejected}},
    Row{413, "", {Proof::Refused, Reason::RequestRejected}},
    Row{415, "", {Proof::Refused, Reason::RequestRejected}},
};

template <class Rows>
const Verdict* find_row(const Rows& rows, const RestError& error) {
    for (const Row& row : rows) {
        if (row.status == error.status &&
            (row.error_code.empty() || row.error_code == error.error_code)) {
            return &row.verdict;
        }
    }
    return nullptr;
}

const Verdict* find_special_row(const RestError& error, RequestClass request) {
    switch (request) {
        case RequestClass::NewOrder:
            return find_row(kNewOrderRows, error);
        case RequestClass::ChangeOrder:
            return find_row(kChangeRows, error);
        case RequestClass::Login:
            return find_row(kLoginRows, error);
        default:
            return nullptr;
    }
}

bool is_about_order(RequestClass request) {
    return request == RequestClass::NewOrder || request == RequestClass::ChangeOrder;
}

}  // namespace

RestError rest_error(unsigned status, std::string_view content_type, std::string_view body) {
    RestError error;
    error.status = status;
    error.is_html = looks_like_html(content_type, body);
    if (error.is_html) return error;
    const auto document = json::document_from_json(body);
    if (!document || document->root().kind() != json::Kind::Object) {
        error.description = json::clipped(body, kMaxDescription);
        return error;
    }
    json::ReadFaults faults;
    const json::Place place;
    json::ObjectReader reader{document->root(), place, faults};
    error.error_code = json::clipped(reader.id("errorCode"), kMaxErrorCode);
    error.description = json::clipped(reader.text("description"), kMaxDescription);
    return error;
}

Verdict verdict(const RestError& error, RequestClass request) {
    // A page is not the API's own answer, so that a code in it means nothing.
    if (!error.is_html) {
        if (const Verdict* found = find_special_row(error, request)) return *found;
    }
    if (const Verdict* found = find_row(kRows, error)) return *found;
    // A 400 without a code may be of any server in between, but it says that the request could not
    // even be understood; a 409 is the business's own and must say what of.
    const bool is_business = error.status == 409 && !error.error_code.empty();
    if (error.status == 400 || is_business) {
        return {Proof::Refused,
                is_about_order(request) ? Reason::RejectedByVenue : Reason::RequestRejected};
    }
    if (error.status >= 500) {
        return {Proof::Nothing,
                is_about_order(request) ? Reason::OutcomeServerError : Reason::HttpServerError};
    }
    return {Proof::Nothing, Reason::HttpUnexpectedStatus};
}

std::string text_of(const RestError& error) {
    std::string text = error.status == 0 ? "" : "HTTP " + std::to_string(error.status);
    const auto append = [&](std::string_view part) {
        if (!text.empty()) text += ' ';
        text += part;
    };
    if (!error.error_code.empty()) append("errorCode=" + error.error_code);
    if (!error.description.empty()) append('"' + error.description + '"');
    if (error.is_html) append("(a page instead of an answer)");
    return text;
}

}  // namespace broker::dxtrade::rest

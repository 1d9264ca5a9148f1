/// A status code (RFC 9110, section 15).
public struct Status: RawRepresentable, Hashable, Sendable {
  /// Three digits.
  public let rawValue: Int

  /// Creates a status.
  ///
  /// - Precondition: The code is from 100 to 599.
  public init(rawValue: Int) {
    precondition(100...599 ~= rawValue, "a status code is from 100 to 599")
    self.rawValue = rawValue
  }

  /// 100 Continue.
  public static var `continue`: Status { Status(rawValue: 100) }
  /// 200 OK.
  public static var ok: Status { Status(rawValue: 200) }
  /// 202 Accepted.
  public static var accepted: Status { Status(rawValue: 202) }
  /// 204 No Content.
  public static var noContent: Status { Status(rawValue: 204) }
  /// 304 Not Modified.
  public static var notModified: Status { Status(rawValue: 304) }
  /// 400 Bad Request.
  public static var badRequest: Status { Status(rawValue: 400) }
  /// 404 Not Found.
  public static var notFound: Status { Status(rawValue: 404) }
  /// 405 Method Not Allowed. The answer needs the header Allow.
  public static var methodNotAllowed: Status { Status(rawValue: 405) }
  /// 408 Request Timeout.
  public static var requestTimeout: Status { Status(rawValue: 408) }
  /// 413 Content Too Large.
  public static var contentTooLarge: Status { Status(rawValue: 413) }
  /// 414 URI Too Long.
  public static var uriTooLong: Status { Status(rawValue: 414) }
  /// 417 Expectation Failed.
  public static var expectationFailed: Status { Status(rawValue: 417) }
  /// 429 Too Many Requests.
  public static var tooManyRequests: Status { Status(rawValue: 429) }
  /// 431 Request Header Fields Too Large.
  public static var requestHeaderFieldsTooLarge: Status { Status(rawValue: 431) }
  /// 500 Internal Server Error.
  public static var internalServerError: Status { Status(rawValue: 500) }
  /// 501 Not Implemented.
  public static var notImplemented: Status { Status(rawValue: 501) }
  /// 502 Bad Gateway.
  public static var badGateway: Status { Status(rawValue: 502) }
  /// 503 Service Unavailable.
  public static var serviceUnavailable: Status { Status(rawValue: 503) }
  /// 504 Gateway Timeout.
  public static var gatewayTimeout: Status { Status(rawValue: 504) }
  /// 505 HTTP Version Not Supported.
  public static var httpVersionNotSupported: Status { Status(rawValue: 505) }

  /// Whether a response with this status never has a body: 1xx, 204 and 304.
  public var hasNoBody: Bool { rawValue < 200 || rawValue == 204 || rawValue == 304 }

  /// The reason phrase; empty for a code without a name here.
  public var reason: StaticString {
    switch rawValue {
    case 100: "Continue"
    case 200: "OK"
    case 202: "Accepted"
    case 204: "No Content"
    case 304: "Not Modified"
    case 400: "Bad Request"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 408: "Request Timeout"
    case 413: "Content Too Large"
    case 414: "URI Too Long"
    case 417: "Expectation Failed"
    case 429: "Too Many Requests"
    case 431: "Request Header Fields Too Large"
    case 500: "Internal Server Error"
    case 501: "Not Implemented"
    case 502: "Bad Gateway"
    case 503: "Service Unavailable"
    case 504: "Gateway Timeout"
    case 505: "HTTP Version Not Supported"
    default: ""
    }
  }
}

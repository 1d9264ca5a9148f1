extension URLParts {
  /// The reason that text is not an acceptable URL.
  public enum Problem: Error, Equatable, Sendable {
    /// The text does not start with a scheme and `://`.
    case missingScheme(String)
    /// The scheme is `https`, which needs encryption.
    case https
    /// The scheme is neither `http` nor `https`.
    case unsupportedScheme(String)
    /// The URL has a user name or password.
    case userInformation
    /// The host is empty, not a name of letters, digits, hyphens, underscores and dots, and not an address.
    case invalidHost(String)
    /// The port is not a number from 1 to 65535.
    case invalidPort(String)
    /// The path or query has a character that must be escaped, or an incomplete escape.
    case invalidTarget(String)
    /// The URL has a fragment (`#`), which is never sent.
    case fragment
  }
}

extension URLParts.Problem: CustomStringConvertible {
  /// One line that says what is wrong, with the remedy.
  public var description: String {
    switch self {
    case .missingScheme(let text): "invalid URL: '\(oneLine(text))' (expected http://HOST:PORT/PATH)"
    case .https: "https is unsupported: encryption would be measured with the service (use http)"
    case .unsupportedScheme(let scheme): "unsupported scheme: '\(oneLine(scheme))' (expected http)"
    case .userInformation: "user name in the URL (remove the text before '@')"
    case .invalidHost(let text): "invalid host in '\(oneLine(text))' (expected a name or an address)"
    case .invalidPort(let text): "invalid port in '\(oneLine(text))' (expected 1–65535)"
    case .invalidTarget(let text): "invalid path or query: '\(oneLine(text))' (write a space as %20)"
    case .fragment: "fragment in the URL (remove the text from '#')"
    }
  }
}

@testable import HTTP

/// A second, naive reading of heads: it splits the whole head at once and shares no code with the parser.
struct ReferenceHead: Equatable {
  let method: String
  let target: String
  let names: [String]
  let values: [[UInt8]]

  private static let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
  private static let digits = "0123456789"
  private static let token = Set((letters + digits + "!#$%&'*+-.^_`|~").utf8)
  private static let url = Set((letters + digits + "-._~!$&'()*+,;=:@/?%").utf8)

  /// Reads the head at the start of a stream; `nil` if it is incomplete or not acceptable.
  init?(_ stream: [UInt8]) {
    var bytes = stream[...]
    if bytes.starts(with: "\r\n".utf8) { bytes = bytes.dropFirst(2) }
    guard let end = Self.find("\r\n\r\n", in: bytes) else { return nil }
    let lines = Self.lines(bytes[..<end])
    guard lines.allSatisfy({ line in line.allSatisfy { ($0 >= 32 || $0 == 9) && $0 != 127 } }) else {
      return nil
    }
    let words = lines[0].split(separator: 32, omittingEmptySubsequences: false).map { Array($0) }
    guard words.count == 3, !words[0].isEmpty, Self.token.isSuperset(of: words[0]) else { return nil }
    let isOld = words[2].elementsEqual("HTTP/1.0".utf8)
    guard isOld || words[2].elementsEqual("HTTP/1.1".utf8) else { return nil }
    method = String(decoding: words[0], as: UTF8.self)
    target = String(decoding: words[1], as: UTF8.self)
    guard Self.isTarget(words[1], method) else { return nil }
    let headers = lines.dropFirst().map { line in
      let parts = line.split(separator: 58, maxSplits: 1, omittingEmptySubsequences: false)
      return (name: Array(parts[0]), value: parts.count > 1 ? Self.trim(parts[1]) : nil)
    }
    guard headers.allSatisfy({ !$0.name.isEmpty && Self.token.isSuperset(of: $0.name) && $0.value != nil })
    else {
      return nil
    }
    names = headers.map { String(decoding: $0.name, as: UTF8.self).lowercased() }
    values = headers.map { $0.value ?? [] }
    guard headers.count <= 64, Self.acceptsFields(names, values, isOld: isOld) else { return nil }
  }

  private static func acceptsFields(_ names: [String], _ values: [[UInt8]], isOld: Bool) -> Bool {
    func all(_ name: String) -> [String] {
      zip(names, values).filter { $0.0 == name }.map { String(decoding: $0.1, as: UTF8.self).lowercased() }
    }
    let (hosts, lengths, codings) = (all("host"), all("content-length"), all("transfer-encoding"))
    guard hosts.count == 1 || hosts.isEmpty && isOld, hosts.allSatisfy(isHost) else { return false }
    guard lengths.count + codings.count <= 1, codings.isEmpty || codings == ["chunked"] && !isOld else {
      return false
    }
    guard lengths.allSatisfy({ Int($0).map { 0...65536 ~= $0 } == true && "\(Int($0) ?? -1)" == $0 }) else {
      return false
    }
    let options = all("connection").flatMap { $0.split(separator: ",") }.map { trim(Array($0.utf8)[...]) }
    guard options.allSatisfy({ token.isSuperset(of: $0) }) else { return false }
    return isOld || all("expect").allSatisfy { $0 == "100-continue" }
  }

  private static func isTarget(_ target: [UInt8], _ method: String) -> Bool {
    if method == "CONNECT" { return false }
    if method == "OPTIONS", target == [42] { return true }
    guard url.isSuperset(of: target) || target.contains(91), hasWholeEscapes(target) else { return false }
    if target.first == 47 { return url.isSuperset(of: target) }
    let text = String(decoding: target, as: UTF8.self)
    guard text.lowercased().hasPrefix("http://") else { return false }
    let rest = text.dropFirst(7)
    let host = rest.prefix { $0 != "/" && $0 != "?" }
    return isHost(String(host)) && !host.isEmpty && host.first != ":"
      && url.isSuperset(of: rest.dropFirst(host.count).utf8)
  }

  private static func isHost(_ text: String) -> Bool {
    var name = text[...]
    if text.first == "[" {
      guard let close = text.firstIndex(of: "]"), text.dropFirst().prefix(upTo: close).contains(":") else {
        return false
      }
      // Brackets around anything but a plausible address are left to the tests of addresses.
      guard text.dropFirst().prefix(upTo: close).allSatisfy({ "0123456789abcdefABCDEF:.".contains($0) })
      else {
        return false
      }
      name = text[text.index(after: close)...]
      if !name.isEmpty, name.first != ":" { return false }
    }
    let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard
      parts.count < 2 || parts[1].isEmpty
        || parts[1].utf8.allSatisfy({ 48...57 ~= $0 }) && (Int(parts[1]) ?? 65536) < 65536
    else { return false }
    let host = Array((parts.first ?? "").utf8)
    return host.allSatisfy { url.contains($0) && ![47, 63, 64, 58].contains($0) } && hasWholeEscapes(host)
  }

  private static func hasWholeEscapes(_ bytes: [UInt8]) -> Bool {
    let hexadecimal = Set("0123456789abcdefABCDEF".utf8)
    return bytes.indices.allSatisfy {
      bytes[$0] != 37 || $0 + 2 < bytes.count && hexadecimal.isSuperset(of: bytes[$0 + 1...$0 + 2])
    }
  }

  private static func trim(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    let start = bytes.drop { $0 == 32 || $0 == 9 }
    return Array(start.reversed().drop { $0 == 32 || $0 == 9 }.reversed())
  }

  private static func find(_ text: String, in bytes: ArraySlice<UInt8>) -> Int? {
    let wanted = Array(text.utf8)
    return bytes.indices.first { bytes[$0] == wanted[0] && bytes[$0...].starts(with: wanted) }
  }

  private static func lines(_ bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var (lines, rest): ([ArraySlice<UInt8>], ArraySlice<UInt8>) = ([], bytes)
    while let end = find("\r\n", in: rest) {
      lines.append(rest[..<end])
      rest = rest[(end + 2)...]
    }
    return lines + [rest]
  }
}

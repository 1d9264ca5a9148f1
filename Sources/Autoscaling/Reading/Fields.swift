/// The reason that a JSON text is not the expected description, as a predicate of the text's name.
public struct FieldError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The reason, such as `has a target of 0 in the policy (expected a number over 0)`.
  public let description: String

  /// Makes an error with a reason.
  public init(_ description: String) { self.description = description }
}

/// The members of a JSON object, read with checks whose errors name the member, its value and what was expected.
public struct Fields {
  /// The name of a member.
  struct Name: CodingKey {
    let stringValue: String
    let intValue: Int? = nil

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// The most elements of an array.
  private static let mostElements = 100_000

  /// The object's name in errors, such as "the policy".
  let place: String
  private let container: KeyedDecodingContainer<Name>

  /// Opens an object.
  ///
  /// - Parameter known: The names that it may have.
  /// - Throws: `FieldError` for another name, or if it is no object.
  public init(_ decoder: any Decoder, _ place: String, known: [String]) throws {
    guard let container = try? decoder.container(keyedBy: Name.self) else {
      throw FieldError("has a value that is not an object where \(place) is expected")
    }
    self.place = place
    self.container = container
    if let unknown = container.allKeys.map(\.stringValue).filter({ !known.contains($0) }).min() {
      throw FieldError(
        "has an unknown field in \(place): '\(unknown)' (expected \(known.joined(separator: ", ")))")
    }
  }

  /// The names of the members.
  var names: [String] { container.allKeys.map(\.stringValue) }

  /// Returns whether there is a member with a value other than `null`.
  func has(_ name: String) -> Bool {
    (try? container.decodeNil(forKey: Name(stringValue: name))) == false
  }

  /// Returns whether there is a member, be it `null`.
  func mentions(_ name: String) -> Bool { container.contains(Name(stringValue: name)) }

  /// Returns a number, or `nil` if there is none.
  public func number(_ name: String, _ range: NumberRange) throws -> Double? {
    guard has(name) else { return nil }
    let key = Name(stringValue: name)
    let value =
      (try? container.decode(Double.self, forKey: key))
      ?? (try? container.decode(String.self, forKey: key)).flatMap { range.allowsUnits ? quantity($0) : nil }
    guard let value else { throw invalid(name, "is not a number", range.words) }
    guard range.contains(value) else { throw invalid(name, "is \(text(value))", range.words) }
    return value
  }

  /// Returns a whole number, or `nil` if there is none.
  public func integer(_ name: String, _ range: ClosedRange<Int>) throws -> Int? {
    let words = "a whole number from \(range.lowerBound) to \(range.upperBound)"
    guard has(name) else { return nil }
    guard let value = try? container.decode(Double.self, forKey: Name(stringValue: name)) else {
      throw invalid(name, "is not a number", words)
    }
    guard let whole = Int(exactly: value), range.contains(whole) else {
      throw invalid(name, "is \(text(value))", words)
    }
    return whole
  }

  /// Returns a text, or `nil` if there is none.
  ///
  /// - Parameter expected: The text in words.
  public func string(_ name: String, expected: String = "a name in quotes") throws -> String? {
    guard has(name) else { return nil }
    guard let value = try? container.decode(String.self, forKey: Name(stringValue: name)), !value.isEmpty
    else {
      throw invalid(name, "is not a text", expected)
    }
    return value
  }

  /// Returns one of several words, or `nil` if there is none.
  public func word<Word: RawRepresentable & CaseIterable>(_ name: String) throws -> Word?
  where Word.RawValue == String {
    let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
    guard has(name) else { return nil }
    guard let value = try? container.decode(String.self, forKey: Name(stringValue: name)) else {
      throw invalid(name, "is not a text", known)
    }
    guard let word = Word(rawValue: value) else { throw invalid(name, "is '\(value)'", known) }
    return word
  }

  /// Returns whether a member is `true`, or `nil` if there is none.
  func flag(_ name: String) throws -> Bool? {
    guard has(name) else { return nil }
    guard let value = try? container.decode(Bool.self, forKey: Name(stringValue: name)) else {
      throw invalid(name, "is not a Boolean", "true or false")
    }
    return value
  }

  /// Returns a value that reads itself, or `nil` if there is none.
  func value<Value>(_ name: String, _ read: (any Decoder) throws -> Value) throws -> Value? {
    guard has(name) else { return nil }
    return try read(container.superDecoder(forKey: Name(stringValue: name)))
  }

  /// Returns the elements of an array, or `nil` if there is none.
  public func elements<Element>(
    _ name: String, _ read: (any Decoder, Int) throws -> Element
  ) throws -> [Element]? {
    guard has(name) else { return nil }
    guard var list = try? container.nestedUnkeyedContainer(forKey: Name(stringValue: name)) else {
      throw invalid(name, "is not an array", "an array in brackets")
    }
    var elements: [Element] = []
    while !list.isAtEnd {
      if elements.count == Self.mostElements {
        throw invalid(name, "has too many elements", "at most \(Self.mostElements)")
      }
      elements.append(try read(list.superDecoder(), elements.count + 1))
    }
    return elements
  }

  /// Returns a value that must be there.
  ///
  /// - Throws: `FieldError` if it is `nil`.
  public func required<Value>(_ name: String, _ value: Value?) throws -> Value {
    guard let value else { throw FieldError("lacks '\(name)' in \(place)") }
    return value
  }

  /// Returns the error of a member.
  public func invalid(_ name: String, _ problem: String, _ expected: String) -> FieldError {
    FieldError("has a '\(name)' in \(place) that \(problem) (expected \(expected))")
  }
}

/// The numbers that are acceptable.
public struct NumberRange: Sendable {
  /// The numbers over 0.
  static let positive = NumberRange(most: 1e15, isPositive: true)
  /// The numbers from 0.
  static let natural = NumberRange(most: 1e15)
  /// The times of a clock in seconds.
  static let time = NumberRange(least: -1e12, most: 1e12)
  /// The lengths of a time in seconds.
  static let duration = NumberRange(most: 1e9)
  /// The lengths of a period in seconds.
  static let period = NumberRange(most: 1e9, isPositive: true)

  var least = 0.0
  var most: Double
  var isPositive = false
  /// Whether a text with a unit prefix of Kubernetes, such as `500m`, is a number too.
  var allowsUnits = false

  /// Makes the range of the numbers from `least` to `most`.
  ///
  /// - Parameter isPositive: Whether 0 and less are excluded.
  public init(least: Double = 0, most: Double, isPositive: Bool = false) {
    (self.least, self.most, self.isPositive) = (least, most, isPositive)
  }

  /// The same numbers, also as quantities of Kubernetes.
  var orQuantity: NumberRange {
    var range = self
    range.allowsUnits = true
    return range
  }

  func contains(_ value: Double) -> Bool { value >= least && value <= most && !(isPositive && value <= 0) }

  /// The range as a noun phrase.
  var words: String {
    let start = isPositive ? "a number over 0" : least == 0 ? "a number of at least 0" : "a number"
    return most >= 1e9
      ? start
      : "\(isPositive ? start : "a number from \(text(least))")\(isPositive ? ", at most" : " to") \(text(most))"
  }
}

/// Returns the number of a quantity as Kubernetes writes it, such as `500m` or `2Gi`; `nil` for other words.
func quantity(_ word: String) -> Double? {
  let prefixes: [(String, Double)] = [
    ("Ki", 1024), ("Mi", 1_048_576), ("Gi", 1_073_741_824), ("Ti", 1_099_511_627_776), ("n", 1e-9),
    ("u", 1e-6),
    ("m", 1e-3), ("k", 1e3), ("M", 1e6), ("G", 1e9), ("T", 1e12), ("", 1),
  ]
  guard let (prefix, factor) = prefixes.first(where: { word.hasSuffix($0.0) }) else { return nil }
  let digits = word.dropLast(prefix.count)
  guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) || $0 == 46 }),
    let number = Double(digits)
  else { return nil }
  // Division keeps 500m at exactly 0.5.
  return factor < 1 ? number / (1 / factor).rounded() : number * factor
}

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The value that `JSONDecoder` reads from a text.
func decoded<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
  try JSONDecoder().decode(type, from: Data(text.utf8))
}

/// The value of an environment variable.
func environment(_ name: String) -> String? {
  ProcessInfo.processInfo.environment[name]
}

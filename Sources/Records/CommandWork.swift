/// The command of a trial: any program of the user's.
public struct CommandWork: Codable, Hashable, Sendable {
  /// The most bytes of a command line, which reports repeat.
  public static let longestLine = Bounds.longestName

  /// The command line as the user gave it, with absolute paths shortened to their last components (`withoutAbsolutePaths`).
  /// `{workers}` stands for the number of workers.
  public var line: String
  /// Whether a trial is as many executions at once as there are workers; `nil` means one execution.
  public var isParallel: Bool?

  /// Creates the command of a trial.
  public init(line: String, isParallel: Bool? = nil) {
    self.line = line
    self.isParallel = isParallel
  }
}

extension ModelDescription.Workload {
  /// The workload of commands: whatever they do.
  public static let command = Self(
    name: "command", summary: "execute a command of your own", extent: .numbers)
}

extension CommandWork: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.name(line, "line")
  }
}

/// Returns a command line or a message with every absolute path shortened to its last component, because nothing that is saved
/// has the paths of a machine: `/usr/bin/cc -I/usr/include --out=/tmp/a` becomes `cc include --out=a`. A text without
/// absolute paths stays as it is.
///
/// A path ends at white space that is not escaped, and at any of `=`, `,`, `:`, `;`, `|`, `&`, `<`, `>`, parentheses and quotes. It
/// counts as absolute if it begins with a slash, a tilde or a hyphen: an option may have a path attached.
public func withoutAbsolutePaths(_ text: String) -> String {
  let ends = Set("=,:;|&<>()\"'`".unicodeScalars)
  var (result, piece) = ("", String.UnicodeScalarView())
  var isEscaped = false
  for scalar in text.unicodeScalars {
    if isEscaped || scalar == "\\" {
      isEscaped.toggle()
      piece.append(scalar)
    } else if ends.contains(scalar) || scalar.properties.isWhitespace {
      result += shortened(piece)
      piece.removeAll()
      result.unicodeScalars.append(scalar)
    } else {
      piece.append(scalar)
    }
  }
  return result + shortened(piece)
}

/// Returns the last component of an absolute path, and anything else as it is.
private func shortened(_ piece: String.UnicodeScalarView) -> String {
  guard let first = piece.first, first == "/" || first == "~" || first == "-", piece.contains("/") else {
    return String(piece)
  }
  return String(piece.split(separator: "/").last ?? piece[...])
}

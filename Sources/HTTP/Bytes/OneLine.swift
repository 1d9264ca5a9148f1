/// Returns text from outside on one line: at most 80 characters, those other than printable ASCII as `?`.
func oneLine(_ text: String) -> String {
  let printable = text.unicodeScalars.prefix(80).map { 0x20..<0x7F ~= $0.value ? Character($0) : "?" }
  return String(printable) + (text.unicodeScalars.count > 80 ? "…" : "")
}

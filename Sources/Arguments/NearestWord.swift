/// Returns the known word that a wrong one was probably meant to be, or `nil` if none is near.
///
/// A known word is near if at most a third of the letters differ, or at most two in a short word. Of equally near words
/// the first is returned.
public func nearestWord(to word: String, among known: [String]) -> String? {
  let allowed = max(2, word.count / 3)
  let near = known.map { (word: $0, distance: editDistance(word.lowercased(), $0)) }.filter {
    $0.distance <= allowed && $0.distance < $0.word.count
  }
  return near.min { $0.distance < $1.distance }?.word
}

/// Returns the least number of letters to insert, remove, replace or swap with their neighbour to turn one word into
/// the other (optimal string alignment; Damerau 1964).
func editDistance(_ first: String, _ second: String) -> Int {
  let (a, b) = (Array(first.prefix(64)), Array(second.prefix(64)))
  var rows = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
  for i in 0...a.count { rows[i][0] = i }
  for j in 0...b.count { rows[0][j] = j }
  for i in a.indices {
    for j in b.indices {
      let replaced = rows[i][j] + (a[i] == b[j] ? 0 : 1)
      var best = min(replaced, rows[i][j + 1] + 1, rows[i + 1][j] + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, rows[i - 1][j - 1] + 1) }
      rows[i + 1][j + 1] = best
    }
  }
  return rows[a.count][b.count]
}

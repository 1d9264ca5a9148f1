import Foundation

/// SHA-256 (FIPS 180-4), in Base64 as a content security policy writes it.
public func sha256Source(of text: String) -> String {
  var message = Array(text.utf8)
  let bits = UInt64(message.count) * 8
  message.append(0x80)
  while message.count % 64 != 56 { message.append(0) }
  message += (0..<8).reversed().map { UInt8(truncatingIfNeeded: bits >> ($0 * 8)) }
  var hash = primes(8).map { fraction(Double($0).squareRoot()) }
  let constants = primes(64).map { fraction(cbrt(Double($0))) }
  for block in stride(from: 0, to: message.count, by: 64) {
    compress(message[block..<block + 64], constants, into: &hash)
  }
  let bytes = hash.flatMap { word in (0..<4).reversed().map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }
  return "sha256-" + Data(bytes).base64EncodedString()
}

private func compress(_ block: ArraySlice<UInt8>, _ constants: [UInt32], into hash: inout [UInt32]) {
  func turned(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 - count) }
  var words = stride(from: block.startIndex, to: block.endIndex, by: 4).map { place in
    block[place..<place + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
  }
  for place in 16..<64 {
    let (early, late) = (words[place - 15], words[place - 2])
    let s0 = turned(early, 7) ^ turned(early, 18) ^ early >> 3
    let s1 = turned(late, 17) ^ turned(late, 19) ^ late >> 10
    words.append(words[place - 16] &+ s0 &+ words[place - 7] &+ s1)
  }
  var v = hash
  for place in 0..<64 {
    let s1 = turned(v[4], 6) ^ turned(v[4], 11) ^ turned(v[4], 25)
    let choice = v[4] & v[5] ^ ~v[4] & v[6]
    let first = v[7] &+ s1 &+ choice &+ constants[place] &+ words[place]
    let s0 = turned(v[0], 2) ^ turned(v[0], 13) ^ turned(v[0], 22)
    let majority = v[0] & v[1] ^ v[0] & v[2] ^ v[1] & v[2]
    v = [first &+ s0 &+ majority] + v[0...2] + [v[3] &+ first] + v[4...6]
  }
  for place in hash.indices { hash[place] &+= v[place] }
}

/// The first 32 bits behind the point.
private func fraction(_ root: Double) -> UInt32 {
  UInt32((root - root.rounded(.down)) * 4_294_967_296)
}

private func primes(_ count: Int) -> [Int] {
  Array((2...).lazy.filter { number in !(2..<number).contains { number % $0 == 0 } }.prefix(count))
}

/// The limits of a body and its trailers.
struct BodyLimits: Sendable {
  /// The most bytes, after the transfer coding is removed.
  let body: Int
  /// The most bytes of trailers.
  let trailerBytes: Int
  /// The most trailers.
  let trailers: Int
}

extension RequestLimits {
  /// The limits of the body: those of the head hold for trailers, too.
  var ofBody: BodyLimits { BodyLimits(body: body, trailerBytes: head, trailers: headers) }
}

extension ResponseLimits {
  /// The limits of the body: those of the head hold for trailers, too.
  var ofBody: BodyLimits { BodyLimits(body: body, trailerBytes: head, trailers: headers) }
}

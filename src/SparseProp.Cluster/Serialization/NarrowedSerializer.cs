using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;

namespace SparseProp.Cluster.Serialization;

/// <summary>
/// One of Akka's serializers, of which only that is read which nodes here send. Akka's own would look up any type by a manifest
/// that need not be a type's name, call the constructor of a type that need not be an exception, and follow messages inside of
/// messages until the stack ends.
/// </summary>
internal sealed class NarrowedSerializer : SerializerWithStringManifest
{
    private const int MostOfManifest = 100;

    private readonly Serializer _akkas;
    private readonly IReadOnlyDictionary<string, Type?>? _read;
    private readonly AsyncLocal<bool> _isReading = new();

    /// <param name="system">The actor system.</param>
    /// <param name="akkas">What reads and writes.</param>
    /// <param name="read">Manifests that are read, with their type where Akka's serializer asks for it; null for all that it knows.</param>
    public NarrowedSerializer(ExtendedActorSystem system, Serializer akkas, IReadOnlyDictionary<string, Type?>? read)
        : base(system)
    {
        if (read is null && akkas is not SerializerWithStringManifest)
        {
            throw new ArgumentException("It would look up any type.", nameof(read));
        }

        (_akkas, _read) = (akkas, read);
    }

    public override int Identifier => _akkas.Identifier;

    public override string Manifest(object o) => Akka.Serialization.Serialization.ManifestFor(_akkas, o);

    public override byte[] ToBinary(object obj) => _akkas.ToBinary(obj);

    /// <exception cref="SerializationException">The manifest is none that is read, or the message is inside of one of this serializer.</exception>
    public override object FromBinary(byte[] bytes, string? manifest)
    {
        // Akka gives none for an empty one.
        manifest ??= "";
        Type? type = null;
        if (_read?.TryGetValue(manifest, out type) == false)
        {
            throw new SerializationException(
                $"Messages of serializer {Identifier} with manifest '{manifest[..Math.Min(manifest.Length, MostOfManifest)]}' are not read.");
        }

        if (_isReading.Value)
        {
            throw new SerializationException($"A message of serializer {Identifier} inside of another.");
        }

        _isReading.Value = true;
        try
        {
            return _akkas is SerializerWithStringManifest named ? named.FromBinary(bytes, manifest) : _akkas.FromBinary(bytes, type);
        }
        finally
        {
            _isReading.Value = false;
        }
    }
}

namespace Kinerja.Api;

internal static class GetSigningKeys
{
    public static void Map(RouteGroupBuilder service) => service.MapGet("/.well-known/webhook-keys", Handle)
        .Describe("GetSigningKeys", "The public keys of what this service signs (JWKS, Ed25519): the one that signs now first.")
        .Returns<PublicKeys>().Tagged().Problems();

    private static Found Handle(SigningKeys keys) => Found.Computed(keys.Public);
}

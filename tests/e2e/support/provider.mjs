// A certified OpenID provider (`oidc-provider`) with people of ours and the plainest of pages, as a program of its own: it
// is a module, which the tests cannot take in. Must not know what is tested.
//
// Its arguments: the port, and the console's address. It says "ready" when it listens.

import { generateKeyPairSync } from "node:crypto";

import Provider from "oidc-provider";

const [port, console_] = process.argv.slice(2);
const issuer = `http://localhost:${port}`;

/** Name and groups of everybody. */
const PEOPLE = {
  dana: { name: "Dana Fox", groups: ["staff", "roomkey-helpdesk"] },
  ada: { name: "Ada Boss", groups: ["roomkey-admins"] },
  carl: { name: "Carl Guest", groups: ["staff"] },
};

const key = (type, options, alg) => ({ ...generateKeyPairSync(type, options).privateKey.export({ format: "jwk" }), alg, use: "sig" });

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "roomkey",
      client_secret: "between-roomkey-and-the-provider",
      redirect_uris: [`${console_}/auth/oidc/callback`],
      post_logout_redirect_uris: [`${console_}/sign-in`],
      backchannel_logout_uri: `${console_}/auth/oidc/backchannel-logout`,
      backchannel_logout_session_required: true,
    },
  ],
  cookies: { keys: ["for tests"] },
  jwks: { keys: [key("rsa", { modulusLength: 2048 }, "RS256")] },
  scopes: ["openid", "profile", "email", "groups"],
  claims: { openid: ["sub"], profile: ["name"], email: ["email"], groups: ["groups"] },
  pkce: { required: () => true },
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => {
        ctx.body = page("Sign out", `${form}<button form="op.logoutForm" name="logout" value="yes">Sign out of everything</button>`);
      },
      postLogoutSuccessSource: (ctx) => {
        ctx.body = page("Signed out", "<p>You are signed out.</p>");
      },
    },
  },
  renderError: (ctx, out) => {
    ctx.body = page("Error", `<p>${out.error}: ${out.error_description}</p>`);
  },
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (ctx, id) =>
    PEOPLE[id] && { accountId: id, claims: () => ({ sub: id, email: `${id}@example.com`, ...PEOPLE[id] }) },
  loadExistingGrant: async (ctx) => {
    const grant = new provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope("openid profile email groups");
    await grant.save();
    return grant;
  },
});

const page = (title, body) =>
  `<!doctype html><html lang="en"><head><title>${title}</title><link rel="icon" href="data:,"></head><body><main><h1>${title}</h1>${body}</main></body></html>`;

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith("/interaction/")) return next();
  ctx.type = "html";
  if (ctx.method === "GET") {
    ctx.body = page(
      "The provider",
      `<form method="post"><label>Account <input name="account"></label><button>Let me in</button><button name="give_up" value="1">Give up</button></form>`,
    );
    return;
  }
  const chunks = [];
  for await (const chunk of ctx.req) chunks.push(chunk);
  const form = new URLSearchParams(Buffer.concat(chunks).toString());
  const result = form.get("give_up")
    ? { error: "access_denied", error_description: "the person would rather not" }
    : { login: { accountId: form.get("account") } };
  await provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: false });
  ctx.respond = false;
});

// It warns of what is for tests only.
console.warn = () => {};
console.info = () => {};
provider.listen(Number(port), "localhost", () => process.stdout.write("ready\n"));

// Zoom's own SDK for Node, pointed at the emulated Zoom: every function for users and groups that only reads, and a life
// of a group, a person, a contact group and a division. Must not use anything of ours but the sandbox.

import { UsersEndpoints } from "@zoom/rivet/users";

import { expect, test } from "./support/test";

/** Arguments as the SDK takes them; which of them a function needs is its own business. */
interface Arguments {
  path?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
}
type Call = (given: Arguments) => Promise<{ data: Record<string, unknown>; statusCode: number; trackingId?: string }>;
type Calls = Record<string, Call>;

/** Reads that need a query. */
const QUERY: Record<string, Record<string, unknown>> = {
  checkUserEmail: { email: "nobody@example.com" },
  checkUsersPMRoom: { vanity_name: "ward.seven" },
};

test("Zoom's SDK reads everything and changes what there is, without an error", async ({ demo }) => {
  test.setTimeout(60_000);
  const { address, token } = await demo.sandbox.asClient();
  const sdk = new UsersEndpoints({ auth: { getToken: () => token }, baseUrl: `${address}/zoom/v2` } as never);
  const { users, groups, contactGroups, divisions } = sdk as unknown as Record<string, Calls>;

  const first = async (call: Call, list: string) => ((await call({ query: {} })).data[list] as Record<string, string>[])[0];
  const group = (await first(groups.listGroups, "groups")).id;
  const contacts = (await first(contactGroups.listContactGroups, "groups")).group_id;
  const division = (await first(divisions.listDivisions, "divisions")).division_id;
  const people = (await users.listUsers({ query: { page_size: 100 } })).data.users as { id: string; email: string; type: number }[];
  const person = people.find(({ type }) => type === 2)!;
  let device = "";
  for (const { id } of people) {
    const { data } = await users.listUsersCollaborationDevices({ path: { userId: id } });
    const found = (data.collaboration_devices as { id: string }[])[0];
    if (found !== undefined) {
      device = found.id;
      person.id = id;
      break;
    }
  }

  const path = {
    userId: person.id,
    groupId: group,
    divisionId: division,
    collaborationDeviceId: device,
    meetingTemplateId: `${person.id}-1`,
  };
  let read = 0;
  for (const calls of [users, groups, contactGroups, divisions]) {
    const own = calls === contactGroups ? { ...path, groupId: contacts } : path;
    for (const [name, call] of Object.entries(calls).filter(([name]) => /^(get|list|check)/.test(name))) {
      const { statusCode, trackingId } = await call({ path: own, query: QUERY[name] ?? {} });
      expect({ name, statusCode }).toEqual({ name, statusCode: 200 });
      expect(trackingId, name).toBeTruthy();
      read += 1;
    }
  }
  expect(read).toBeGreaterThan(25);

  const made = (await groups.createGroup({ body: { name: "Night shift" } })).data as { id: string };
  const of = { groupId: made.id };
  const done: [string, Call, Arguments][] = [
    ["updateGroup", groups.updateGroup, { path: of, body: { name: "Nights" } }],
    ["addGroupMembers", groups.addGroupMembers, { path: of, body: { members: [{ id: person.id }] } }],
    ["updateGroupsSettings", groups.updateGroupsSettings, { path: of, body: { in_meeting: { chat: false } } }],
    ["updateLockedSettings", groups.updateLockedSettings, { path: of, body: { in_meeting: { chat: true } } }],
    ["deleteGroupMember", groups.deleteGroupMember, { path: { ...of, memberId: person.id } }],
    ["deleteGroup", groups.deleteGroup, { path: of }],
    ["updateUser", users.updateUser, { path: { userId: person.id }, body: { job_title: "Night nurse" } }],
    ["updateUserSettings", users.updateUserSettings, { path: { userId: person.id }, body: { in_meeting: { feedback: true } } }],
    ["deleteUserAssistants", users.deleteUserAssistants, { path: { userId: person.id } }],
    ["createDivision", divisions.createDivision, { body: { division_name: "Northern campus" } }],
    ["createContactGroup", contactGroups.createContactGroup, { body: { group_name: "On call", group_privacy: 1 } }],
  ];
  for (const [name, call, given] of done) {
    const { statusCode } = await call(given);
    expect(statusCode, name).toBeGreaterThanOrEqual(200);
    expect(statusCode, name).toBeLessThan(300);
  }
  const after = (await users.getUser({ path: { userId: person.id }, query: {} })).data;
  expect(after.job_title).toBe("Night nurse");
});

// The settings workbench as a person uses it. Rows are found by the name that links to them use, what is in them by role
// and label. Must not check anything by itself.

import { type Locator, type Page } from "@playwright/test";

/** The group of the main job: no waiting room and no lock at the start. */
export const GROUP = "Clinical staff";

const SECURITY = "meeting_security.meeting_security";

/** Names of the rows that the tests are about. */
export const ROW = {
  waitingRoom: `${SECURITY}.waiting_room`,
  whoWaits: `${SECURITY}.waiting_room_settings.participants_to_place_in_waiting_room`,
  needNotWait: `${SECURITY}.waiting_room_settings.whitelisted_domains_for_waiting_room`,
  shortest: `${SECURITY}.meeting_password_requirement.length`,
  pmiPasscode: `${SECURITY}.pmi_password`,
  blockedDomains: `${SECURITY}.block_user_domain_list`,
  joinBeforeHost: "schedule_meeting.join_before_host",
  countries: "audio_conferencing.call_me_and_invite_by_phone.call_out_countries.selected_countries",
  regions: "in_meeting.data_center_regions",
  exceptions: "meeting_authentication.allow_authentication_exception",
} as const;

export class Workbench {
  constructor(
    readonly page: Page,
    private readonly groups: Map<string, string>,
  ) {}

  /** The vendor's id of a group. */
  groupId(name = GROUP): string {
    const id = this.groups.get(name);
    if (id === undefined) throw new Error(`there is no group ${name}`);
    return id;
  }

  /** Path of the page, with the name of a row to point at. */
  path(row = "", group = GROUP): string {
    return `/zoom/groups/${this.groupId(group)}/settings${row && `#${row}`}`;
  }

  /** Path of the settings at the vendor. */
  vendorPath(what: "settings" | "lock_settings" = "settings"): string {
    return `/zoom/v2/groups/${this.groupId()}/${what}`;
  }

  /** Opens the page and waits for its rows. */
  async open(group = GROUP): Promise<void> {
    await this.page.goto(this.path("", group));
    await this.page.getByRole("heading", { level: 1, name: group }).waitFor();
    await this.row(ROW.waitingRoom).waitFor();
  }

  /** Somebody else changes security settings of the group at the vendor. */
  get elsewhere(): { path: string; option: string } {
    return { path: `groups/${this.groupId()}/settings`, option: "meeting_security" };
  }

  /** A row, by the name in its link. */
  row(name: string): Locator {
    return this.page.locator(`[id="${name}"]`);
  }

  switch(row: string): Locator {
    return this.row(row).getByRole("switch");
  }

  text(row: string): Locator {
    return this.row(row).getByRole("textbox");
  }

  choice(row: string): Locator {
    return this.row(row).getByRole("combobox");
  }

  lock(row: string): Locator {
    return this.row(row).getByRole("button", { name: /^Lock: / });
  }

  get filter(): Locator {
    return this.page.getByRole("searchbox", { name: "Filter settings by name or help" });
  }

  get sections(): Locator {
    return this.page.getByRole("navigation", { name: "Sections" });
  }

  /** The bar with what is changed and what came of applying it. */
  get bar(): Locator {
    return this.page.getByRole("region", { name: "Changes" });
  }

  get review(): Locator {
    return this.page.getByRole("dialog", { name: /^Review \d+ changes? to / });
  }

  async openReview(): Promise<void> {
    await this.bar.getByRole("button", { name: "Review" }).click();
    await this.review.waitFor();
  }

  /** Reviews and applies; what comes of it is in the bar. */
  async apply(): Promise<void> {
    await this.openReview();
    await this.review.getByRole("button", { name: "Apply" }).click();
  }
}

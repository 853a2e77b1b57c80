import { isStaff } from '#shared/session/roles.ts';
import type { Person } from '#shared/session/state.ts';
import type { PictureState } from '../media/bandwidthKeeper.ts';
import type { LocalDevices } from '../media/devices.ts';
import type { MediaSnapshot } from '../media/mediaRoom.ts';
import type { Held } from '../session/held.ts';
import type { GroupKey, Keyring } from './keyring.ts';
import type { Connection, DoorEntry, RoomView, Trust } from './screens.ts';
import { tiles } from './tiles.ts';

export type RoomInput = {
  held: Held;
  me: Person;
  key: GroupKey | null;
  media: MediaSnapshot | null;
  pictures: PictureState;
  devices: LocalDevices;
  connection: Connection;
  backSoon: boolean;
  notice: string | null;
  words: string[] | null;
  /** People whom this device is letting in right now. */
  admitting: ReadonlySet<string>;
  standing: Keyring['standing'];
};

/** Everything the room's screen shows, from what this client holds. */
export function roomView(input: RoomInput): RoomView {
  const { held, me, media, pictures, devices, connection, backSoon, notice } = input;
  const { view, names, presence } = held;
  const state = devices.state();
  return {
    session: view,
    me: {
      personId: me.personId,
      name: names[me.personId]?.name ?? '',
      isStaff: isStaff(me.role),
      isLead: view.lead === me.personId,
    },
    leadName: view.lead === null ? null : (names[view.lead]?.name ?? null),
    tiles: tiles({ view, names, presence, media, me: { personId: me.personId, backSoon } }),
    door: door(input),
    connection,
    media:
      media === null || media.state === 'connecting'
        ? 'connecting'
        : media.state === 'connected'
          ? 'connected'
          : 'reconnecting',
    camera: state.camera,
    microphone: state.microphone,
    preview: state,
    audioBlocked: media?.audioBlocked ?? false,
    pictures,
    backSoon,
    notice,
    trust: trust(input),
  };
}

function door({ held, admitting, standing }: RoomInput): DoorEntry[] {
  return Object.values(held.view.people)
    .filter(({ status }) => status === 'waiting')
    .toSorted((a, b) => a.since - b.since)
    .map(({ personId, role, since, ticks, device }) => ({
      personId,
      deviceId: device.deviceId,
      name: held.names[personId]?.name ?? '',
      role: isStaff(role) ? 'staff' : 'family',
      since,
      connected: held.presence[personId] !== 'lost',
      ticks,
      key: standing(personId, device.signingKey),
      busy: admitting.has(personId),
    }));
}

function trust({ held, me, key, media, words }: RoomInput): Trust {
  const members = (key?.roster.devices ?? []).map(({ personId, deviceId, side }) => ({
    personId,
    deviceId,
    name: held.names[personId]?.name ?? '',
    side,
    isYou: personId === me.personId && deviceId === me.device.deviceId,
  }));
  return { encrypted: media?.encrypted ?? false, refusedTracks: media?.refusedTracks ?? 0, members, words };
}

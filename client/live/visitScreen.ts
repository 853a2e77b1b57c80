import type { Invitation } from '#shared/api.ts';
import { staffInRoom } from '#shared/session/roles.ts';
import type { LocalDevices } from '../media/devices.ts';
import { roomView } from './roomView.ts';
import type { Screen, Waiting } from './screens.ts';
import type { Visit } from './visit.ts';

export type VisitScreenInput = {
  invitation: Invitation;
  visit: Visit;
  devices: LocalDevices;
  backSoon: boolean;
  notice: string | null;
  words: string[] | null;
  admitting: ReadonlySet<string>;
};

/** The screen of somebody who has come to the door: waiting, in the room, or ended. Null while nothing is known yet. */
export function visitScreen(input: VisitScreenInput): Screen | null {
  const { invitation, visit, devices, backSoon, notice, words, admitting } = input;
  const held = visit.held();
  if (held === null) return null;
  if (held.view.phase === 'ended') return { at: 'ended', invitation };
  const me = visit.me();
  if (me === undefined) return null;
  const connection = !visit.connected() ? 'reconnecting' : (visit.trouble() ?? 'connected');
  const key = visit.key();
  const inside = me.status === 'admitted' && key !== null;
  if (!inside) {
    const staffThere = staffInRoom(held.view).length > 0;
    const stage: Waiting['stage'] = me.status === 'admitted' ? 'entering' : staffThere ? 'door' : 'opening';
    return { at: 'waiting', invitation, waiting: { stage, connection } };
  }
  const { standing } = visit;
  const media = visit.media();
  const pictures = visit.pictures.state();
  const room = roomView({
    held,
    me,
    key,
    media,
    pictures,
    devices,
    connection,
    backSoon,
    notice,
    words,
    admitting,
    standing,
  });
  return { at: 'room', invitation, room };
}

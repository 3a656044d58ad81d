import { Button } from '../views/controls/button.tsx';
import { CHALLENGES } from './challenges.ts';
import { openChallenge } from './current-challenge.ts';
import { useProgress } from './progress.ts';

/** All challenges, and with how many steps each was won. */
export function ChallengeList() {
  const won = useProgress((state) => state.challenges);
  return (
    <>
      <p>
        You are the scheduler. Break the property that each names; the search knows the shortest way, gives
        hints from where you stand, and proves which change stops the race.
      </p>
      <ol className="learn-list">
        {CHALLENGES.map((challenge) => (
          <li key={challenge.id}>
            <div>
              <h3>{challenge.title}</h3>
              <p>{challenge.story}</p>
              {won[challenge.id] !== undefined && (
                <p className="learn-small">✓ won with {won[challenge.id]} steps</p>
              )}
            </div>
            <Button label={`Play “${challenge.title}”`} onClick={() => void openChallenge(challenge)}>
              Play
            </Button>
          </li>
        ))}
      </ol>
    </>
  );
}
